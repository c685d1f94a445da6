import type { ClockBannerProps } from '../page-context.tsx';
import { Icon } from './icon.tsx';

/** Says that the organization's clock differs from real time. */
export function ClockBanner({ now, offsetText }: ClockBannerProps) {
  return (
    <aside class="v-clock-banner" aria-label="Clock of this organization">
      <Icon name="clock" />
      <span>
        The clock of this organization shows <strong>{now}</strong> ({offsetText}).
      </span>
    </aside>
  );
}
