import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

export interface StateProps {
  icon: IconName;
  title: ComponentChildren;
  /** The level of the heading. */
  level: 1 | 2;
  tone?: 'calm' | 'danger' | 'good';
  children: ComponentChildren;
}

/** A page, or part of one, with a single message, such as “done” or “not allowed”. */
export function State({ icon, title, level, tone = 'calm', children }: StateProps) {
  return (
    <div class={`v-state v-state-${tone}`}>
      <span class="v-state-icon">
        <Icon name={icon} />
      </span>
      {level === 1 ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}
