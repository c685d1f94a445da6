import { Breakable } from './breakable.tsx';
import { Icon } from './icon.tsx';

export interface CheckListProps {
  /** What was verified, and what showed it. */
  checks: readonly { readonly label: string; readonly detail: string }[];
}

/** The checks that a response has passed at a service provider. */
export function CheckList({ checks }: CheckListProps) {
  return (
    <ul class="v-checks">
      {checks.map(({ label, detail }) => (
        <li key={label}>
          <Icon name="circle-check" />
          <span>
            <strong>{label}</strong>
            <span class="v-check-detail">
              <Breakable text={detail} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
