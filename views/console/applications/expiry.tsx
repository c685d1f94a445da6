import { Icon } from '../../components/icon.tsx';
import { Time, type When } from '../../components/when.tsx';

/** When a certificate ends, and how close that is. */
export interface ShownExpiry {
  readonly at: When;
  readonly expiry: 'valid' | 'expiring' | 'expired';
}

const WORDS = { valid: 'valid', expiring: 'ends in 90 days or less', expired: 'expired' } as const;
const TONES = { valid: 'good', expiring: 'warning', expired: 'danger' } as const;
const ICONS = { valid: 'circle-check', expiring: 'alert-triangle', expired: 'circle-x' } as const;

/** The indicator of a certificate: its colour, an icon for those who don't see colours, and words. */
export function ExpiryIndicator({ at, expiry }: ShownExpiry) {
  return (
    <span class="v-expiry">
      <span class={`v-expiry-icon v-status-${TONES[expiry]}`}>
        <Icon name={ICONS[expiry]} />
      </span>
      <Time at={at} />
      <span class="visually-hidden">, {WORDS[expiry]}</span>
    </span>
  );
}
