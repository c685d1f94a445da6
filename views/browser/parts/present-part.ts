/** How often a page that shows what goes on looks again. */
export const INTERVAL_MS = 2000;

/** A part of this page as the server shows it at present. Throws when it can't be had, such as after signing out. */
export async function presentPart(id: string): Promise<HTMLElement> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const part = page.getElementById(id);
  if (!answer.ok || part === null) throw new Error('not there');
  return part;
}
