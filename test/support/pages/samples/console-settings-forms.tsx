import type { Field } from '../../../../views/components/console/field.ts';
import { brandingFields } from '../../../../views/console/settings/branding-fields.ts';
import { BrandingPreview } from '../../../../views/console/settings/branding-preview.tsx';
import { SettingsFormPage } from '../../../../views/console/settings/form.tsx';
import { LIMIT_NAMES, limitFields, type LimitName } from '../../../../views/console/settings/limit-fields.ts';
import { MFA_GUIDE, MFA_WARNING, mfaFields } from '../../../../views/console/settings/mfa-fields.tsx';
import { requestFields } from '../../../../views/console/settings/request-fields.ts';
import { sessionFields } from '../../../../views/console/settings/session-fields.ts';
import { signInFields } from '../../../../views/console/settings/sign-in-fields.ts';
import type { Conflict } from '../../../../views/components/console/conflict-notice.tsx';
import { accentsOf } from '../../../../src/domain/organizations/branding/accent.ts';
import type { PageContext } from '../../../../views/page-context.tsx';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';

const mfa = {
  mode: 'context-aware',
  types: ['totp', 'webauthn'],
  withoutDevice: 'allow',
  selfService: ['yes'],
};
const session = { lifetime: { amount: '8', unit: 'hours' }, revocation: 'as-aws' } as const;
// The keys are the names of all limits.
const limits = Object.fromEntries(LIMIT_NAMES.map((name) => [name, '1,000'])) as Record<LimitName, string>;

interface Shown {
  errors?: Record<string, string>;
  conflict?: Conflict;
  mayEdit?: boolean;
  operatorsOnly?: boolean;
  guide?: typeof MFA_GUIDE;
}

const show = (
  page: PageContext,
  title: string,
  fields: (errors: Record<string, string>) => Field[],
  { errors = {}, conflict, mayEdit = true, operatorsOnly = false, guide }: Shown = {},
) => (
  <SettingsFormPage
    {...{
      page,
      frame: mayEdit || operatorsOnly ? frame : readOnlyFrame,
      title,
      errors,
      conflict,
      mayEdit,
      operatorsOnly,
      guide,
    }}
    {...{ name: 'form', version: 4, fields: fields(errors) }}
    about="What these settings are about."
  />
);

/** The forms of settings. */
export const consoleSettingsForms: PageSamples = {
  'console-mfa': (page) => (
    <SettingsFormPage
      {...{ page, frame, name: 'mfa', title: 'Configure multi-factor authentication', mayEdit: true }}
      {...{ operatorsOnly: false, version: 4, errors: {}, fields: mfaFields(mfa, {}), guide: MFA_GUIDE }}
      about="A second factor is asked for after the password."
      warning={MFA_WARNING}
    />
  ),
  'console-mfa-error': (page) =>
    show(
      page,
      'Configure multi-factor authentication',
      (errors) => mfaFields({ ...mfa, types: [] }, errors),
      {
        errors: { types: 'Choose at least one type.' },
        guide: MFA_GUIDE,
      },
    ),
  'console-mfa-read-only': (page) =>
    show(page, 'Configure multi-factor authentication', () => mfaFields({ ...mfa, selfService: [] }, {}), {
      mayEdit: false,
      guide: MFA_GUIDE,
    }),
  'console-session-conflict': (page) =>
    show(page, 'Portal session', () => sessionFields(session, {}), {
      conflict: {
        ...{
          by: 'bo@example.com',
          when: 'at 4 May 2026, 09:12 UTC',
          takeTheirsHref: '/demo/console/settings/session',
        },
        values: [{ label: 'Session duration', yours: '8 hours', theirs: '1 hour' }],
      },
    }),
  'console-branding': (page) => (
    <SettingsFormPage
      {...{ page, frame, name: 'branding', title: 'Name and colour', mayEdit: true, operatorsOnly: false }}
      {...{ version: 4, errors: {}, fields: brandingFields({ name: 'Daybreak', colour: '#ffd400' }, {}) }}
      about="The portal, the sign-in pages and mail show them."
      aside={<BrandingPreview colour="#ffd400" accents={accentsOf('#ffd400')} />}
    />
  ),
  'console-sign-in-settings': (page) =>
    show(page, 'Failed sign-ins and training', (errors) =>
      signInFields(
        {
          ...{ throttleWindow: { amount: '15', unit: 'minutes' }, attemptsPerUser: '10' },
          ...{ attemptsPerAddress: '200', training: [] },
        },
        errors,
      ),
    ),
  'console-saml-settings': (page) =>
    show(page, 'SAML', (errors) =>
      requestFields(
        {
          ...{ profile: 'lenient', weakAlgorithms: 'accept', denial: 'page' },
          ...{ reservedNames: 'show', content: 'full', wire: 'real' },
        },
        errors,
      ),
    ),
  'console-limits': (page) => show(page, 'Quotas and limits', (errors) => limitFields(limits, errors)),
  'console-limits-shown': (page) =>
    show(page, 'Quotas and limits', () => limitFields(limits, {}), { mayEdit: false, operatorsOnly: true }),
};
