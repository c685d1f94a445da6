import { Chart } from '../../components/console/chart.tsx';
import type { ShownPart } from '../part.ts';

const counts = [12, 40, 35, 61, 8, 0, 3, 44, 52, 47, 39, 70, 5, 2];
const series = ['Sign-ins', 'Failures'];

/** Charts. */
export const chartPart: ShownPart = {
  id: 'chart',
  label: 'Chart',
  use: 'Counts over time, drawn on the server, with the same numbers as a table.',
  states: [
    {
      title: 'Two weeks',
      shown: (
        <Chart
          id="weeks"
          title="Sign-ins in the last 14 days"
          series={series}
          points={counts.map((count, index) => ({
            label: `${index + 1} May`,
            values: [count, Math.round(count / (2 + (index % 4)))],
          }))}
        />
      ),
    },
    {
      title: 'Nothing happened',
      shown: (
        <Chart
          id="quiet"
          title="Sign-ins today"
          series={series}
          points={['0:00', '6:00', '12:00', '18:00'].map((label) => ({ label, values: [0, 0] }))}
        />
      ),
    },
  ],
};
