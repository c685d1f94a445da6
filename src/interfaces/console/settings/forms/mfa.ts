import { z } from 'zod';
import { MFA_GUIDE, MFA_WARNING, mfaFields } from '../../../../../views/console/settings/mfa-fields.tsx';
import { isMfaDeviceOptional } from '../../../../domain/organizations/mfa-policy.ts';
import { checkedField } from '../../../../foundation/http/fields.ts';
import { boxOf, typed, type SettingsForm } from '../settings-form.ts';

const form = z.object({ mode: typed, types: checkedField, withoutDevice: typed, selfService: checkedField });

/** Multi-factor authentication (guide, “Enable MFA” and the procedures after it). */
export const mfaForm: SettingsForm<z.output<typeof form>> = {
  name: 'mfa',
  form,
  valuesOf: ({ mfa }) => ({ ...mfa, selfService: mfa.selfService ? ['yes'] : [] }),
  changeOf: ({ mode, types, withoutDevice, selfService }) => ({
    mfa: { mode, types, withoutDevice, selfService: boxOf(selfService) },
  }),
  messages: {
    mode: 'Choose one of these modes.',
    types: 'Choose at least one type.',
    withoutDevice: 'Choose one of these.',
    selfService: 'Check the box, or leave it.',
  },
  warningOf: ({ mfa }) => (isMfaDeviceOptional(mfa) ? MFA_WARNING : undefined),
  fields: mfaFields,
  title: 'Configure multi-factor authentication',
  about: 'A second factor is asked for after the password: a code from an app, or a security key.',
  guide: MFA_GUIDE,
};
