import type { accentsOf } from '../../../src/domain/organizations/branding/accent.ts';

export interface BrandingPreviewProps {
  colour: string;
  accents: ReturnType<typeof accentsOf>;
}

/** How the saved colour looks, and whether its lightness was changed so that text on it can be read. */
export function BrandingPreview({ colour, accents: { light, dark } }: BrandingPreviewProps) {
  const changed = [
    ...(light.accent === colour ? [] : [`${light.accent} on light pages`]),
    ...(dark.accent === colour ? [] : [`${dark.accent} on dark pages`]),
  ];
  return (
    <section class="v-preview" aria-labelledby="preview">
      <h2 id="preview">Preview of {colour}</h2>
      <p>
        <span class="btn btn-primary" aria-hidden="true">
          Sign in
        </span>
      </p>
      <p class="v-soft">
        {changed.length === 0
          ? 'Text is legible with this colour on light and on dark pages: it is shown as it is.'
          : `So that text has a contrast of 4.5:1, it is shown as ${changed.join(', and as ')}.`}
      </p>
    </section>
  );
}
