import { Mark } from './mark.tsx';
import { Named, namedText } from './named.tsx';

export interface BrandProps {
  name: string;
  logo: LogoProps | null;
}

/** A picture; its size is in its own pixels. */
export interface LogoProps {
  src: string;
  width: number;
  height: number;
}

/** From this shape on, a logo is taken for one that has the name in it, and the name isn't repeated beside it. */
const WIDE = 2.5;

/**
 * An organization's logo and name. Logos are shown on white in both themes, because most are drawn for white. Beside
 * the name a logo is decoration; without it, the name is the picture's text.
 */
export function Brand({ name, logo }: BrandProps) {
  if (logo === null) {
    return (
      <>
        <Mark />
        <span>
          <Named text={name} />
        </span>
      </>
    );
  }
  const isWide = logo.width / logo.height >= WIDE;
  return (
    <>
      <img class="v-logo" {...logo} alt={isWide ? namedText(name) : ''} />
      {!isWide && (
        <span>
          <Named text={name} />
        </span>
      )}
    </>
  );
}
