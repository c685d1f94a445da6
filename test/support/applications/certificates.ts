import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { TestServer } from '../servers/server.ts';
import { api } from '../saml/single-sign-on.ts';

const certificate = z.object({
  id: z.string(),
  status: z.string(),
  certificatePem: z.string(),
  algorithm: z.string(),
  keySize: z.number(),
  notAfter: z.string(),
  expiry: z.string(),
  indicator: z.string(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** A certificate as the control API shows it. */
export type ShownCertificate = z.output<typeof certificate>;

/** The certificates of one application, through the control API. */
export function certificatesOf(server: TestServer, application: string) {
  const base = `applications/${application}/certificates`;
  const call = async (method: string, path = '', json?: object) =>
    certificate.parse(await api(server, method, `${base}${path}`, json));
  return {
    base,
    list: async () => z.object({ items: z.array(certificate) }).parse(await api(server, 'GET', base)).items,
    add: (json: object = {}) => call('POST', '', json),
    activate: (id: string) => call('POST', `/${id}/activate`, { acknowledged: true }),
    delete: (id: string) => api(server, 'DELETE', `${base}/${id}`),
    rehearse: async (json: object = {}) =>
      z
        .object({ url: z.string(), certificateId: z.string(), expiresAt: z.string() })
        .parse(await api(server, 'POST', `${base}/rehearsal`, json)),
  };
}

/** The certificate that a response carries beside its signature, as base64. */
export const carriedIn = (xml: string): string =>
  /<ds:X509Certificate>([^<]+)</.exec(xml)?.[1]?.replace(/\s+/g, '') ?? '';

/** The content of a PEM certificate as base64. */
export const base64Of = (pem: string): string => new X509Certificate(pem).raw.toString('base64');
