import type { ComponentChildren } from 'preact';
import type { IconName } from '../../icons.ts';
import { Icon } from '../icon.tsx';
import { State } from '../state.tsx';

export interface EmptyStateProps {
  icon: IconName;
  /** Such as `No users yet`. */
  title: string;
  /** What such things are for. */
  children: ComponentChildren;
  /** What to do next; absent when the reader may not do it, and then `children` says who may. */
  action?: { readonly label: string; readonly href: string } | undefined;
}

/** Stands where a list will be: says what belongs there, and leads to the first step. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div class="v-empty">
      <State icon={icon} title={title} level={2}>
        <p>{children}</p>
        {action && (
          <a class="btn btn-primary" href={action.href}>
            <Icon name="plus" />
            {action.label}
          </a>
        )}
      </State>
    </div>
  );
}
