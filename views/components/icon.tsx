import type { IconName } from '../icons.ts';
import { usePage } from '../page-context.tsx';

export interface IconProps {
  name: IconName;
  class?: string;
  /** Hides the icon until a script shows it. */
  hidden?: boolean;
  /** A name by which the browser's scripts find it. */
  part?: string;
}

/** An icon of the sprite. It is decoration only: the text beside it has the meaning. */
export function Icon({ name, class: extra, hidden, part }: IconProps) {
  const { assets } = usePage();
  return (
    <svg
      class={extra === undefined ? 'icon' : `icon ${extra}`}
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
      hidden={hidden}
      data-part={part}
    >
      <use href={`${assets('icons.svg')}#${name}`} />
    </svg>
  );
}
