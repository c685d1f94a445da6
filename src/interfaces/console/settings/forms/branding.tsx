import { z } from 'zod';
import { brandingFields } from '../../../../../views/console/settings/branding-fields.ts';
import { BrandingPreview } from '../../../../../views/console/settings/branding-preview.tsx';
import { accentsOf } from '../../../../domain/organizations/branding/accent.ts';
import { typed, type SettingsForm } from '../settings-form.ts';

const form = z.object({ name: typed, colour: typed });

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The name and the colour of the portal and the sign-in pages. */
export const brandingForm: SettingsForm<z.output<typeof form>> = {
  name: 'branding',
  form,
  valuesOf: ({ branding: { name, colour } }) => ({ name: name ?? '', colour: colour ?? '' }),
  changeOf: ({ name, colour }) => ({ branding: { name: orNull(name), colour: orNull(colour) } }),
  messages: { colour: 'Enter a colour as six hexadecimal digits, such as #0f6a5b.' },
  fields: brandingFields,
  title: 'Name and colour',
  about: 'The portal, the sign-in pages and mail show them.',
  aside({ instance: { settings } }) {
    const { colour } = settings.branding;
    return colour === null ? null : <BrandingPreview colour={colour} accents={accentsOf(colour)} />;
  },
};
