import type { ClockBannerProps } from '../page-context.tsx';
import { CLOCK_STEPS } from './clock-steps.ts';
import { PostButton } from './console/post-button.tsx';
import { Icon } from './icon.tsx';

/** Says that the organization's clock differs from real time, and lets those change it who may. */
export function ClockBanner({ now, offsetText, changeHref, controls }: ClockBannerProps) {
  return (
    <aside class="v-clock-banner" aria-label="Clock of this organization">
      <Icon name="clock" />
      <span>
        The clock of this organization shows <strong>{now}</strong> ({offsetText}).
      </span>
      {changeHref !== undefined && <a href={changeHref}>Change the clock</a>}
      {controls && <Controls {...controls} />}
    </aside>
  );
}

/** The two steps that are needed most; the page about the clock has the others. */
const STEPS = CLOCK_STEPS.slice(0, 2);

function Controls({ timeHref, csrf, version, isFrozen }: NonNullable<ClockBannerProps['controls']>) {
  const [name, label] = isFrozen ? ['resume', 'Run'] : ['freeze', 'Freeze'];
  return (
    <div class="v-clock-controls">
      {STEPS.map(({ label: step, query }) => (
        <a key={query} class="btn btn-sm v-button-quiet" href={`${timeHref}/review?${query}`}>
          {step}
        </a>
      ))}
      <a class="btn btn-sm v-button-quiet" href={timeHref}>
        A date…
      </a>
      <PostButton action={`${timeHref}/${name}`} {...{ csrf, version, label }} of="the clock" isSmall />
      <a class="btn btn-sm v-button-quiet" href={`${timeHref}/review?change=reset`}>
        Back to real time
      </a>
    </div>
  );
}
