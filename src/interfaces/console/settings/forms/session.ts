import { z } from 'zod';
import { sessionFields } from '../../../../../views/console/settings/session-fields.ts';
import { durationMs } from '../../../../foundation/platform/duration.ts';
import { typed, type SettingsForm } from '../settings-form.ts';
import { isoDuration, typedDuration, typedDurationOf } from '../typed-values.ts';

const form = z
  .object({ lifetime: typed, 'lifetime.unit': typed, revocation: typed })
  .transform(({ lifetime, 'lifetime.unit': unit, revocation }) => ({
    ...{ lifetime: typedDurationOf(lifetime, unit), revocation },
  }));

/** How long sessions of the portal last, and when they end early. */
export const sessionForm: SettingsForm<z.output<typeof form>> = {
  name: 'session',
  form,
  valuesOf: ({ session: { lifetime, revocation } }) => ({
    ...{ lifetime: typedDuration(durationMs(lifetime)), revocation },
  }),
  changeOf: ({ lifetime, revocation }) => ({ session: { lifetime: isoDuration(lifetime), revocation } }),
  messages: {
    lifetime: 'Enter a number, for a session of 15 minutes to 90 days.',
    revocation: 'Choose one of these.',
  },
  fields: sessionFields,
  title: 'Portal session',
  about:
    'A sign-in opens a session of the portal. While it lasts, users open their applications without signing in again.',
};
