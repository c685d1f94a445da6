import type { Combination } from './matrix.ts';
import { startMellon } from './mellon.ts';
import { nodeSaml } from './node-saml.ts';
import { startPysaml2 } from './pysaml2.ts';
import { saml2js } from './saml2-js.ts';
import { samlifyServiceProvider } from './samlify.ts';
import type { ServiceProvider, ServiceProviderSetup, Wishes } from './service-provider.ts';
import { startSimpleSamlPhp } from './simplesamlphp.ts';

/** The addresses of a service provider, and its RelayState. */
export interface Place {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly relayState: string;
}

/** A product that runs and can be configured. */
export interface Running {
  /** Absent: it doesn't listen, so any address will do. */
  place?(number: number): Place;
  serviceProvider(setup: ServiceProviderSetup): ServiceProvider;
  stop?(): Promise<void>;
}

export interface Library {
  readonly name: string;
  /** The wishes that its requests can express. */
  readonly wishes: readonly (keyof Wishes)[];
  /** Match its messages about a wrong signature and about a response to another request. */
  readonly refusesSignature: RegExp;
  readonly refusesAnother: RegExp;
  /** The reason why it can't do a combination; undefined when it can. */
  cannot?(combination: Combination): string | undefined;
  start(): Promise<Running | { readonly missing: string }>;
}

/** The message of the application around a library that leaves the comparison to it. */
const COMPARED = /The response is to /;

const inProcess = (serviceProvider: Running['serviceProvider']) => () => Promise.resolve({ serviceProvider });

/** All service providers that we didn't write. */
export const LIBRARIES: readonly Library[] = [
  {
    name: '@node-saml/node-saml',
    refusesSignature: /Invalid (document )?signature/,
    refusesAnother: /InResponseTo is not valid/,
    wishes: ['forceAuthn', 'isPassive', 'authnContext', 'requesterId', 'extensions'],
    start: inProcess(nodeSaml),
  },
  {
    name: 'saml2-js',
    refusesSignature: /signature check failed/,
    refusesAnother: COMPARED,
    wishes: ['forceAuthn', 'authnContext'],
    cannot: ({ way }) =>
      way === 'post, signed'
        ? 'signing for HTTP-POST it puts the signature where the schema has no place for one'
        : undefined,
    start: inProcess(saml2js),
  },
  {
    name: 'samlify',
    refusesSignature: /FAILED_TO_VERIFY_SIGNATURE|ERROR_UNMATCH_CERTIFICATE_DECLARATION_IN_METADATA/,
    refusesAnother: COMPARED,
    wishes: ['forceAuthn', 'acsIndex'],
    start: inProcess(samlifyServiceProvider),
  },
  {
    name: 'pysaml2 + xmlsec1',
    refusesSignature: /SignatureError/,
    refusesAnother: /UnsolicitedResponse/,
    wishes: ['forceAuthn', 'isPassive', 'authnContext', 'acsIndex', 'requesterId', 'extensions'],
    start: startPysaml2,
  },
  {
    name: 'mod_auth_mellon + Apache',
    refusesSignature: /Failed to verify signature/,
    refusesAnother: /cookie/,
    wishes: ['isPassive'],
    start: startMellon,
  },
  {
    name: 'SimpleSAMLphp',
    refusesSignature:
      /Unable to validate Signature|Reference validation failed|Neither the assertion nor the response was signed/,
    refusesAnother: COMPARED,
    wishes: ['forceAuthn', 'isPassive', 'authnContext', 'requesterId', 'extensions'],
    start: startSimpleSamlPhp,
  },
];

/** The addresses of service providers that don't listen. */
export function nowhere(number: number): Place {
  const host = `https://sp${number}.example`;
  return {
    entityId: `${host}/saml/metadata`,
    acsUrl: `${host}/saml/acs`,
    /**
     * Longer than the standard's 80 bytes, with many characters that encodings get wrong. It has no space: node-saml
     * signs a space as %20 and sends a plus sign, so that its signature doesn't cover the octets that it sends.
     */
    relayState:
      '/reports/2026?view=all&sort=%2B1+x#zoë"quoted"<b>&100%—and-so-on-for-much-longer-than-eighty-bytes',
  };
}
