/** Steps of an axis that people count in. */
const STEPS = [1, 2, 5] as const;

/**
 * The top of an axis from 0: the smallest of 1, 2, 5, 10, 20, 50, … that isn't below `largest`; at least 1. Negative and
 * non-finite numbers count as 0.
 */
export function axisTop(largest: number): number {
  if (!Number.isFinite(largest) || largest <= 1) return 1;
  for (let power = 1; ; power *= 10) {
    const top = STEPS.map((step) => step * power).find((each) => each >= largest);
    if (top !== undefined) return top;
  }
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Which series, from 0. */
  readonly series: number;
}

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** The bars of stacked values: one stack for each entry of `stacks`, the first series at the bottom. */
export function stackedBars(stacks: readonly (readonly number[])[], { width, height }: ChartSize): Bar[] {
  const top = axisTop(Math.max(0, ...stacks.map(sum)));
  const slot = width / Math.max(1, stacks.length);
  return stacks.flatMap((values, index) => {
    let below = 0;
    return values.flatMap((value, series) => {
      if (!(value > 0)) return [];
      const barHeight = round((value / top) * height);
      below += barHeight;
      return [
        {
          x: round((index + 0.15) * slot),
          y: round(height - below),
          width: round(0.7 * slot),
          height: barHeight,
          series,
        },
      ];
    });
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + Math.max(0, value), 0);
const round = (number: number) => Math.round(number * 100) / 100;
