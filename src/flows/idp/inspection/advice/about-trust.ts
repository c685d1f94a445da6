import { expiryOf } from '../../../../domain/certificates/expiry.ts';
import { DAY_MS } from '../../../../foundation/platform/clock.ts';
import type { Rule } from './advice.ts';

const SHA1 = /sha1$/;

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

const expired: Rule = ({ certificate, policyAt, application }) =>
  certificate && expiryOf(certificate.notAfterAt, policyAt) === 'expired'
    ? {
        code: 'certificate-expired',
        severity: 'problem',
        what: `The certificate that signed this expired on ${dayOf(certificate.notAfterAt)}.`,
        why: 'Many service providers trust no expired certificate, while others never look at the date.',
        remedy: `Make a certificate, import it at ${application.displayName}, then set it as active.`,
      }
    : undefined;

const notYetValid: Rule = ({ certificate, policyAt }) =>
  certificate && policyAt < certificate.notBeforeAt
    ? {
        code: 'certificate-not-yet-valid',
        severity: 'problem',
        what: `The certificate that signed this begins on ${dayOf(certificate.notBeforeAt)}.`,
        why: 'A service provider that looks at the dates doesn’t trust it before.',
        remedy: 'Sign with a certificate that is valid now, or look whether a clock was moved.',
      }
    : undefined;

const expiresSoon: Rule = ({ certificate, policyAt, application }) => {
  if (!certificate || expiryOf(certificate.notAfterAt, policyAt) !== 'expiring') return undefined;
  const days = Math.ceil((certificate.notAfterAt - policyAt) / DAY_MS);
  return {
    code: 'certificate-expires-soon',
    severity: 'warning',
    what: `The certificate that signed this expires on ${dayOf(certificate.notAfterAt)}, in ${days} ${days === 1 ? 'day' : 'days'}.`,
    why: 'After that day a service provider that looks at the dates refuses every sign-on.',
    remedy: `Rotate it in good time: make a certificate, import it at ${application.displayName}, set it as active.`,
  };
};

const rehearsed: Rule = ({ isRehearsal, application }) =>
  isRehearsal
    ? {
        code: 'certificate-rehearsed',
        severity: 'warning',
        what: 'This browser rehearses a certificate: it signed this, and isn’t active yet.',
        why: 'A service provider that doesn’t know it yet refuses the response, as it will refuse everybody’s once it is active.',
        remedy: `Import it at ${application.displayName} before it is set as active, or end the rehearsal.`,
      }
    : undefined;

const shortKey: Rule = ({ certificate }) =>
  certificate && certificate.keySize < 2048
    ? {
        code: 'certificate-short-key',
        severity: 'warning',
        what: `The key of the certificate has ${certificate.keySize} bits.`,
        why: 'Recent TLS libraries refuse RSA keys below 2048 bits outright.',
        remedy: 'Rotate to a certificate of 2048 bits, unless this service provider can’t take one.',
      }
    : undefined;

const sha1: Rule = ({ response: { signature, assertionSignature } }) =>
  [signature, assertionSignature].some((each) => each && SHA1.test(each.algorithm))
    ? {
        code: 'signature-sha1',
        severity: 'warning',
        what: 'It is signed with SHA-1.',
        why: 'Many service providers no longer accept rsa-sha1, since collisions can be computed.',
        remedy: 'Rotate to a certificate with SHA-256: the algorithm belongs to the certificate.',
      }
    : undefined;

const assertionUnsigned: Rule = ({ response, application }) => {
  if (!response.assertion || response.assertionSignature) return undefined;
  const wanted = application.relyingParty.wantAssertionsSigned;
  return {
    code: 'assertion-not-signed',
    severity: wanted ? 'problem' : 'warning',
    what: 'Only the Response is signed, the Assertion in it isn’t.',
    why: wanted
      ? 'The service provider’s metadata says WantAssertionsSigned: it refuses this one.'
      : 'Some service providers look for a signature on the Assertion and nowhere else.',
    remedy: 'Sign both: the application’s setting signing.assertion.',
  };
};

const responseUnsigned: Rule = ({ response }) =>
  response.assertion && !response.signature
    ? {
        code: 'response-not-signed',
        severity: 'note',
        what: 'Only the Assertion is signed, the Response around it isn’t.',
        why: 'Some service providers want the whole Response to be signed.',
        remedy: 'If it is refused with “no signature found”, sign both: the setting signing.response.',
      }
    : undefined;

/** About certificates and signatures. */
export const TRUST_RULES: readonly Rule[] = [
  ...[expired, notYetValid, assertionUnsigned, rehearsed, expiresSoon, shortKey, sha1, responseUnsigned],
];
