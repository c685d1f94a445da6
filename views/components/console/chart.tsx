import { grouped } from '../../words.ts';
import { axisTop, stackedBars, type ChartSize } from './chart-scale.ts';

export interface ChartPoint {
  /** The time as text, such as `Mon 4 May`. */
  readonly label: string;
  /** One number for each series. */
  readonly values: readonly number[];
}

export interface ChartProps {
  id: string;
  title: string;
  /** At most two, such as `Sign-ins` and `Failures`. */
  series: readonly string[];
  /** In the order of time. */
  points: readonly ChartPoint[];
}

const SIZE: ChartSize = { width: 600, height: 160 };
/**
 * Bars over time, drawn on the server. The drawing is stretched to the width of the page, so that all text is beside it
 * in HTML, at its own size. A table has the same numbers for those who don't see the drawing, or want to copy them.
 */
export function Chart({ id, title, series, points }: ChartProps) {
  const stacks = points.map(({ values }) => values);
  const totals = series.map((_, index) => points.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const top = axisTop(Math.max(0, ...stacks.map((values) => values.reduce((sum, value) => sum + value, 0))));
  return (
    <figure class="v-chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        <ul class="v-chart-legend">
          {series.map((name, index) => (
            <li key={name} class={`v-chart-key-${index}`}>
              {name}: {grouped(totals[index] ?? 0)}
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="v-chart-picture" aria-hidden="true">
        <span class="v-chart-top">{grouped(top)}</span>
        <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="none" focusable="false">
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              class="v-chart-line"
              x1="0"
              x2={SIZE.width}
              y1={part * SIZE.height}
              y2={part * SIZE.height}
            />
          ))}
          {stackedBars(stacks, SIZE).map(({ x, y, width, height, series: index }) => (
            <rect
              key={`${x} ${index}`}
              class={`v-chart-bar-${index}`}
              x={x}
              y={y}
              width={width}
              height={height}
            />
          ))}
        </svg>
        <span class="v-chart-zero">0</span>
        <span class="v-chart-first">{points[0]?.label}</span>
        <span class="v-chart-last">{points.length > 1 && points.at(-1)?.label}</span>
      </div>
      <details>
        <summary>
          Numbers<span class="visually-hidden">: {title}</span>
        </summary>
        <ChartTable {...{ title, series, points }} />
      </details>
    </figure>
  );
}

function ChartTable({ title, series, points }: Omit<ChartProps, 'id'>) {
  return (
    <table class="v-chart-table">
      <caption class="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {series.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ label, values }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {series.map((name, index) => (
              <td key={name}>{grouped(values[index] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
