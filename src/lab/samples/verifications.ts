import { X509Certificate } from 'node:crypto';
import type { SampleAddresses } from './samples.ts';
import type { SampleSession } from './store.ts';
import type { Trust } from './trust.ts';
import type { Verdict } from './verify-response.ts';

/** Describes the checks that a response passed, each with the value that was found. */
export function describeVerifications(
  { assertion, requestId }: Extract<Verdict, { ok: true }>,
  trust: Trust,
  { acsUrl, entityId }: SampleAddresses,
): SampleSession['verifications'] {
  const { fingerprint256 } = new X509Certificate(trust.certificatePem);
  const key = `Made with the key of the certificate of ${trust.applicationName}, SHA-256 ${fingerprint256}`;
  const { notBefore, notOnOrAfter } = assertion.conditions;
  return [
    ...(trust.signing.response ? [{ label: 'Signature of the Response', detail: key }] : []),
    ...(trust.signing.assertion ? [{ label: 'Signature of the Assertion', detail: key }] : []),
    { label: 'Issuer', detail: `${assertion.issuer} is the identity provider that is trusted` },
    { label: 'Audience', detail: `${entityId} is this service provider` },
    { label: 'Recipient', detail: `${acsUrl} is where the response arrived` },
    {
      label: 'Time',
      detail: `Valid from ${notBefore ?? 'ever'} until before ${notOnOrAfter ?? 'further notice'}`,
    },
    {
      label: 'InResponseTo',
      detail:
        requestId === null
          ? 'The sign-on started at the identity provider, and the response names no request'
          : 'Answers the request of this browser',
    },
    { label: 'Used once', detail: `The assertion ${assertion.id} was not seen here before` },
    {
      label: 'What this page shows',
      detail:
        'Everything is read from what the signature covers. Only the RelayState travels beside the response, unsigned: it is shown and never followed',
    },
  ];
}
