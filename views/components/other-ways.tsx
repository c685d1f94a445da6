import { Icon } from './icon.tsx';
import { WAY_WORDS } from './mfa/words.ts';

/** The other factors that a user can choose. */
export interface OtherWays {
  action: string;
  types: readonly (keyof typeof WAY_WORDS)[];
}

/** A button for each other factor. They are forms, because choosing one changes the sign-in. */
export function OtherWaysList({ others, csrf }: { others: OtherWays; csrf: string }) {
  if (others.types.length === 0) return null;
  return (
    <ul class="v-instead" aria-label="Other ways">
      {others.types.map((type) => (
        <li key={type}>
          <form method="post" action={others.action}>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="type" value={type} />
            <button type="submit" class="v-link-button">
              <Icon name={WAY_WORDS[type].icon} />
              {WAY_WORDS[type].label}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
