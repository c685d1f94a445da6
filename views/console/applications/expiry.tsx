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

export interface ExpiryIndicatorProps extends ShownExpiry {
  /** Whether the words are seen, and not only read by screen readers. */
  withWords?: boolean;
}

/** The indicator of a certificate: its colour, an icon for those who don't see colours, and words. */
export function ExpiryIndicator({ at, expiry, withWords = false }: ExpiryIndicatorProps) {
  return (
    <span class="v-expiry">
      <span class={`v-expiry-icon v-status-${TONES[expiry]}`}>
        <Icon name={ICONS[expiry]} />
      </span>
      <Time at={at} />
      <span class={withWords ? 'v-soft' : 'visually-hidden'}>, {WORDS[expiry]}</span>
    </span>
  );
}
