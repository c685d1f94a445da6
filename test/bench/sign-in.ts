import { Browserless } from '../support/servers/browserless.ts';

export const PERSON = { userName: 'ana@example.com', password: 'correct-Horse-7' };

/** Signs in as a person would, in a new browser. Throws unless the portal appears. */
export async function signIn(publicUrl: URL): Promise<Browserless> {
  const browser = new Browserless(publicUrl);
  const identify = await browser.get('/bench/start', { followRedirects: true });
  const asked = await browser.submit(identify, { username: PERSON.userName }, { followRedirects: true });
  const portal = await browser.submit(asked, { password: PERSON.password }, { followRedirects: true });
  if (portal.status !== 200 || !portal.body.includes('Ana Souza')) {
    throw new Error(`Signing in did not lead to the portal: ${portal.status}\n${portal.body.slice(0, 2000)}`);
  }
  return browser;
}

/** Whole sign-ins a second (two forms, four redirects, the portal page), `inParallel` people at a time. */
export async function signInsPerSecond(
  publicUrl: URL,
  { inParallel, ms }: { inParallel: number; ms: number },
): Promise<number> {
  await signIn(publicUrl);
  let count = 0;
  const startedAt = performance.now();
  const person = async () => {
    while (performance.now() - startedAt < ms) {
      await signIn(publicUrl);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inParallel }, person));
  return (count * 1000) / (performance.now() - startedAt);
}
