import { isApplicationIcon } from '../icons.ts';
import { Icon } from './icon.tsx';

/** The first letters of the first two words, or one letter in writing systems without spaces. */
export function initialsOf(name: string): string {
  const letters = name.split(/[\s\-_/.]+/u).map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '');
  return letters
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
}

/** A number from 0 to 7 that depends only on the name, so that a tile keeps its colour. */
export function hueOf(name: string): number {
  // FNV-1a with one more mixing step, without which names with the same ending would get the same colour.
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 29;
}

/** An application's icon, or its initials when it has none that we know, in a small doorway. */
export function ApplicationIcon({ name, icon }: { name: string; icon?: string | null | undefined }) {
  return (
    <span class={`v-door v-hue-${hueOf(name)}`} aria-hidden="true">
      {icon !== null && icon !== undefined && isApplicationIcon(icon) ? (
        <Icon name={icon} />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}
