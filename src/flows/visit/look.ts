import type { PageContext } from '../../../views/page-context.tsx';
import { accentStyle } from '../../domain/organizations/branding/accent.ts';
import type { LogoSummary } from '../../domain/organizations/branding/logo.ts';
import { displayNameOf } from '../../domain/organizations/organization.ts';
import type { Settings } from '../../domain/organizations/settings.ts';
import type { Visit } from './visit.ts';

/** How the pages of an organization look: its name, logo and colour. It needs no query beyond the visit's own. */
export function lookOf({
  instance,
  reference,
}: Pick<Visit, 'instance' | 'reference'>): Pick<PageContext, 'instanceName' | 'brand' | 'accentStyle'> {
  const { logo, settings } = instance;
  const name = displayNameOf(instance);
  const isBranded = logo !== null || settings.branding.name !== null;
  return {
    instanceName: name,
    ...(isBranded && {
      brand: { name, logo: logo && { src: logoPath(reference, logo), ...sizeOf(logo) } },
    }),
    accentStyle: styleOf(settings),
  };
}

/** The address of a logo. It has the hash, so that browsers may keep it for ever. */
export function logoPath(reference: string, { sha256, type }: LogoSummary): string {
  return `/${reference}/branding/logo.${sha256.slice(0, 16)}.${type === 'image/png' ? 'png' : 'jpg'}`;
}

const sizeOf = ({ width, height }: LogoSummary) => ({ width, height });

/** The settings of an instance are parsed once and shared by its requests. */
const styles = new WeakMap<Settings['branding'], string>();

function styleOf({ branding }: Settings): string | undefined {
  if (branding.colour === null) return undefined;
  let style = styles.get(branding);
  if (style === undefined) {
    style = accentStyle(branding.colour);
    styles.set(branding, style);
  }
  return style;
}
