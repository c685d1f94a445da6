import type { IconName } from '../icons.ts';
import { Icon } from './icon.tsx';

/** What a person can be asked for instead. */
export interface OtherWays {
  action: string;
  types: readonly ('TOTP' | 'WEBAUTHN' | 'RESYNC_TOTP' | 'EMAIL_OTP')[];
}

const words: Record<OtherWays['types'][number], { label: string; icon: IconName }> = {
  TOTP: { label: 'Use a code from an authenticator app', icon: 'device-mobile' },
  WEBAUTHN: { label: 'Use a security key or built-in authenticator', icon: 'key' },
  RESYNC_TOTP: { label: 'My codes aren’t accepted', icon: 'refresh' },
  EMAIL_OTP: { label: 'Use a code sent by email', icon: 'mail' },
};

/** A button for each other way to go on: forms, since each changes what the person is asked for. */
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
              <Icon name={words[type].icon} />
              {words[type].label}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
