import autocannon from 'autocannon';
import { z } from 'zod';
import type { Browserless } from '../support/servers/browserless.ts';
import { API_TOKEN } from './built-server.ts';

/** The address that is requested again and again. */
export interface Target {
  port: string;
  /** The value of the Host header. */
  host: string;
  path: string;
  /** The browser whose cookies are sent. */
  browser?: Browserless;
}

export const CONNECTIONS = 16;

/** The base64 of `<samlp:`, with which every SAMLResponse begins. */
const DELIVERY = /name="SAMLResponse"\s+value="PHNhbWxwO/;

/** Requests signed responses, each as soon as the last one came. Throws when an answer isn't a delivery page. */
export async function load(
  { port, host, path, browser }: Target,
  seconds: number,
  connections = CONNECTIONS,
): Promise<autocannon.Result> {
  const cookie = [...(browser?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections,
    duration: seconds,
    headers: { host, ...(cookie !== '' && { cookie }) },
    verifyBody: (body) => typeof body === 'string' && DELIVERY.test(body),
  });
  const { errors, timeouts, mismatches, non2xx } = result;
  if (errors + timeouts + mismatches + non2xx > 0 || result['2xx'] === 0) {
    throw new Error(
      `Not every answer was a delivery page: ${JSON.stringify({ errors, timeouts, mismatches, non2xx, ok: result['2xx'] })}`,
    );
  }
  return result;
}

const wikiSchema = z.object({
  ssoUrl: z.url(),
  certificateUrl: z.url(),
  serviceProvider: z.object({ acsUrls: z.tuple([z.string()]) }),
});

/** The single sign-on address and the certificate of the application in the bench's organization. */
export async function describeWiki(browser: Browserless) {
  const described = await browser.get('/api/v1/organizations/default/applications/wiki', {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  const { ssoUrl, certificateUrl, serviceProvider } = wikiSchema.parse(JSON.parse(described.body));
  const certificate = await browser.get(new URL(certificateUrl).pathname);
  return {
    path: new URL(ssoUrl).pathname,
    acsUrl: serviceProvider.acsUrls[0],
    certificatePem: certificate.body,
  };
}
