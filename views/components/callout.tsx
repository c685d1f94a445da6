import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

export type Tone = 'danger' | 'warning' | 'info';

export interface CalloutProps {
  tone: Tone;
  title: ComponentChildren;
  children?: ComponentChildren;
}

const icons: Record<Tone, IconName> = { danger: 'alert-circle', warning: 'hourglass', info: 'info-circle' };

/** A notice; screen readers announce a problem immediately. */
export function Callout({ tone, title, children }: CalloutProps) {
  return (
    <div class={`v-callout v-callout-${tone}`} role={tone === 'info' ? 'note' : 'alert'} tabindex={-1}>
      <Icon name={icons[tone]} />
      <div>
        <p class="v-callout-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
