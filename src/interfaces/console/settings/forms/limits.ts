import { z } from 'zod';
import {
  LIMIT_NAMES,
  LIMITS,
  limitFields,
  type LimitName,
} from '../../../../../views/console/settings/limit-fields.ts';
import { grouped } from '../../../../../views/words.ts';
import { typed, type SettingsForm } from '../settings-form.ts';
import { wholeNumber } from '../typed-values.ts';

const form = z.object({
  ...{ applications: typed, serviceProviderCertificateBytes: typed, passwordHashCost: typed },
  ...{ events: typed, eventBytes: typed, mails: typed, mailBytes: typed },
  ...{ exchangesPerApplication: typed, exchangeBytesPerApplication: typed },
  ...{ requestsPerApplication: typed, requestBytesPerApplication: typed },
});
type Values = z.output<typeof form>;

const QUOTAS = ['applications', 'serviceProviderCertificateBytes'] as const;
const RETENTION = [
  ...(['events', 'eventBytes', 'mails', 'mailBytes'] as const),
  ...(['exchangesPerApplication', 'exchangeBytesPerApplication'] as const),
  ...(['requestsPerApplication', 'requestBytesPerApplication'] as const),
] as const;

/** What costs the whole server: quotas, what is kept, and the work for a password. */
export const limitsForm: SettingsForm<Values> = {
  name: 'limits',
  form,
  valuesOf({ signIn, quotas, retention }) {
    return {
      passwordHashCost: grouped(signIn.passwordHashCost),
      applications: grouped(quotas.applications),
      serviceProviderCertificateBytes: grouped(quotas.serviceProviderCertificateBytes),
      ...{ events: grouped(retention.events), eventBytes: grouped(retention.eventBytes) },
      ...{ mails: grouped(retention.mails), mailBytes: grouped(retention.mailBytes) },
      exchangesPerApplication: grouped(retention.exchangesPerApplication),
      exchangeBytesPerApplication: grouped(retention.exchangeBytesPerApplication),
      requestsPerApplication: grouped(retention.requestsPerApplication),
      requestBytesPerApplication: grouped(retention.requestBytesPerApplication),
    };
  },
  changeOf: (values) => ({
    signIn: numbers(values, ['passwordHashCost']),
    quotas: numbers(values, QUOTAS),
    retention: numbers(values, RETENTION),
  }),
  messages: Object.fromEntries(
    LIMIT_NAMES.map((name) => [name, `Enter a whole number ${LIMITS[name].range}.`]),
  ),
  fields: limitFields,
  title: 'Quotas and limits',
  about: 'These settings cost the whole server time, memory or disk.',
  operatorsOnly: true,
};

const numbers = (values: Values, names: readonly LimitName[]): object =>
  Object.fromEntries(names.map((name) => [name, wholeNumber(values[name])]));
