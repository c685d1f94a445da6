import { expiryOf } from '../../../../domain/certificates/expiry.ts';
import { durationWords } from '../../../../../views/words.ts';
import type { Rule } from './advice.ts';

const SHA1 = /sha1$/;

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

const expired: Rule = ({ certificate, policyAt, application }) =>
  certificate && expiryOf(certificate.notAfterAt, policyAt) === 'expired'
    ? {
        code: 'certificate-expired',
        severity: 'problem',
        what: `The certificate that signed this expired on ${dayOf(certificate.notAfterAt)}.`,
        why: 'Many service providers refuse an expired certificate, while others never check the date.',
        remedy: `Generate a certificate, import it at ${application.displayName}, then set it as active.`,
      }
    : undefined;

const notYetValid: Rule = ({ certificate, policyAt }) =>
  certificate && policyAt < certificate.notBeforeAt
    ? {
        code: 'certificate-not-yet-valid',
        severity: 'problem',
        what: `The certificate that signed this isn’t valid before ${dayOf(certificate.notBeforeAt)}.`,
        why: 'Service providers that check the dates refuse it until then.',
        remedy: 'Sign with a certificate that is valid now, or check whether a clock was moved.',
      }
    : undefined;

const expiresSoon: Rule = ({ certificate, policyAt, application }) => {
  if (!certificate || expiryOf(certificate.notAfterAt, policyAt) !== 'expiring') return undefined;
  const left = durationWords(certificate.notAfterAt - policyAt);
  return {
    code: 'certificate-expires-soon',
    severity: 'warning',
    what: `The certificate that signed this expires on ${dayOf(certificate.notAfterAt)}, in ${left}.`,
    why: 'After that day, service providers that check the dates refuse every sign-on.',
    remedy: `Rotate it in good time: generate a certificate, import it at ${application.displayName}, set it as active.`,
  };
};

const rehearsed: Rule = ({ isRehearsal, application }) =>
  isRehearsal
    ? {
        code: 'certificate-rehearsed',
        severity: 'warning',
        what: 'This browser rehearses a certificate, which signed this and isn’t active yet.',
        why: 'A service provider that doesn’t trust it yet refuses the response, as it will refuse all responses once it is active.',
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
        remedy: 'Rotate to a certificate of 2048 bits, unless this service provider can’t use one.',
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
    what: 'The Response is signed, but the Assertion in it isn’t.',
    why: wanted
      ? 'The service provider’s metadata says WantAssertionsSigned, so it refuses this one.'
      : 'Some service providers look for a signature only on the Assertion.',
    remedy: 'Sign both, by the application’s setting signing.assertion.',
  };
};

const responseUnsigned: Rule = ({ response }) =>
  response.assertion && !response.signature
    ? {
        code: 'response-not-signed',
        severity: 'note',
        what: 'The Assertion is signed, but the Response around it isn’t.',
        why: 'Some service providers want the whole Response to be signed.',
        remedy: 'If it is refused with “no signature found”, sign both, by the setting signing.response.',
      }
    : undefined;

/** The rules about certificates and signatures. */
export const TRUST_RULES: readonly Rule[] = [
  ...[expired, notYetValid, assertionUnsigned, rehearsed, expiresSoon, shortKey, sha1, responseUnsigned],
];
