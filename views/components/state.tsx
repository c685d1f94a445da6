import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

export interface StateProps {
  icon: IconName;
  title: string;
  /** The page's own heading, or one below it. */
  level: 1 | 2;
  tone?: 'calm' | 'danger' | 'good';
  children: ComponentChildren;
}

/** A page or part of one that has one thing to say: nothing here, not allowed, done. */
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
