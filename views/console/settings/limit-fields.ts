import type { Field } from '../../components/console/field.ts';

interface Limit {
  readonly label: string;
  /** Ends a sentence. */
  readonly range: string;
  readonly help: string;
}

const ROWS = 'from 1 to 10,000,000';
const BYTES = 'from 65,536 to 1,099,511,627,776';

/** The settings that cost the whole server. */
export const LIMITS = {
  applications: {
    label: 'AWS accounts and applications',
    range: 'from 1 to 100,000',
    help: 'How many there can be in total. AWS: 500.',
  },
  serviceProviderCertificateBytes: {
    label: 'Largest certificate of a service provider, in bytes',
    range: 'from 512 to 65,536',
    help: 'In PEM. AWS: 2 KB.',
  },
  events: { label: 'Events that are kept', range: ROWS, help: 'The oldest are deleted.' },
  eventBytes: { label: 'Bytes of events that are kept', range: BYTES, help: 'All together.' },
  exchangesPerApplication: {
    label: 'SAML conversations that are kept',
    range: ROWS,
    help: 'Of each application. The oldest are deleted.',
  },
  exchangeBytesPerApplication: {
    label: 'Bytes of SAML conversations that are kept',
    range: BYTES,
    help: 'Of each application, all together.',
  },
  requestsPerApplication: {
    label: 'SAML requests that wait',
    range: ROWS,
    help: 'For their user to sign in, and as many IDs that are remembered against replay. Of each application.',
  },
  requestBytesPerApplication: {
    label: 'Bytes of SAML requests that wait',
    range: BYTES,
    help: 'Of each application, all together.',
  },
  mails: { label: 'Messages that the mailbox keeps', range: ROWS, help: 'The oldest are deleted.' },
  mailBytes: { label: 'Bytes of messages that are kept', range: BYTES, help: 'All together.' },
  passwordHashCost: {
    label: 'Cost of a password hash',
    range: 'from 4 to 20',
    help: 'Each step doubles the time and the memory that a sign-in takes.',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

// The keys of an object literal are those of its type.
export const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[];

export function limitFields(
  values: Readonly<Record<LimitName, string>>,
  errors: Readonly<Record<string, string>>,
): Field[] {
  return LIMIT_NAMES.map((name) => ({
    ...{ kind: 'text', name, label: LIMITS[name].label, value: values[name] },
    ...{ error: errors[name], maxLength: 20 },
    help: `${LIMITS[name].help} A whole number ${LIMITS[name].range}.`,
  }));
}
