import { finding } from '../findings.ts';
import { refuseToUser } from '../refusal.ts';
import type { Check } from './check.ts';

/** The base64 text of HTTP-Redirect has no white space (saml-bindings-2.0 §3.4.4.1). */
export const checkEncoding: Check = ({ spacedParameters }) => {
  if (spacedParameters.length === 0) return undefined;
  const message = `The base64 text of ${spacedParameters.join(' and ')} contains line breaks or other white space.`;
  return { ...refuseToUser('encoding', message), relaxedAs: finding('base64-white-space', message) };
};
