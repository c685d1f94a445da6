import { Progress, type ProgressProps } from '../../components/console/progress.tsx';
import { partHref, type ShownPart } from '../part.ts';

const here = partHref('progress');

const states: readonly (Omit<ProgressProps, 'unit' | 'next' | 'title'> & { title: string })[] = [
  {
    ...{ id: 'counting', title: 'Total not known yet', state: 'running', done: 1_200 },
    note: 'Reading the file.',
  },
  {
    ...{ id: 'running', title: 'Under way', state: 'running', done: 12_000, total: 50_000 },
    ...{ note: 'About 3 minutes more.', stop: { action: here, csrf: 'csrf-token' } },
  },
  {
    ...{ id: 'stopping', title: 'Stopping', state: 'stopping', done: 12_400, total: 50_000 },
    note: 'The users of this batch are still added.',
  },
  {
    ...{ id: 'stopped', title: 'Stopped', state: 'stopped', done: 12_500, total: 50_000 },
    note: 'What was added stays.',
  },
  {
    ...{ id: 'done', title: 'Done', state: 'done', done: 50_000, total: 50_000 },
    note: '49,990 users added, 10 changed.',
  },
  {
    ...{ id: 'failed', title: 'Failed', state: 'failed', done: 7, total: 50_000 },
    note: 'Line 8 has the user name of line 3.',
  },
];

/** Long work in its states. */
export const progressPart: ShownPart = {
  id: 'progress',
  label: 'Progress',
  use: 'Work of more than a few seconds: it goes on in the server, and its page survives a reload.',
  reloadSeconds: 5,
  states: states.map(({ title, ...props }) => ({
    title,
    shown: (
      <Progress
        {...props}
        title="Importing users"
        unit="users"
        next={{ label: 'See the users', href: here }}
      />
    ),
  })),
};
