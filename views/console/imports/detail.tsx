import { Named } from '../../components/named.tsx';
import { Progress, type ProgressProps } from '../../components/console/progress.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { STATUS_WORDS, type ShownImport } from './state.ts';

export interface ImportPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  shown: ShownImport;
}

/** How far an import is, and what came of it. */
export function ImportPage({ page, frame, shown }: ImportPageProps) {
  const { id, status, done, total, faults, startedBy, startedAt } = shown;
  const back = `${frame.homeHref}/imports`;
  const isRunning = status === 'running';
  const users = { label: 'Show the users', href: `${frame.homeHref}/users` };
  const again = { label: 'Import the rest', href: `${back}/add` };
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`${STATUS_WORDS[status]}: import of users`}
      place="imports"
      reloadSeconds={isRunning ? 3 : undefined}
    >
      <a class="v-back" href={back}>
        <Icon name="arrow-left" />
        Imports
      </a>
      <h1>Import of users</h1>
      <p class="v-soft">
        Started <Time at={startedAt} />
        {startedBy !== undefined && (
          <>
            {' '}
            by <Named text={startedBy} />
          </>
        )}
      </p>
      <Progress
        id="import"
        title={TITLES[status]}
        state={status === 'interrupted' ? 'stopped' : status}
        {...{ done, total }}
        unit="users and groups"
        note={faults[0] ?? NOTES[status]}
        stop={
          isRunning && frame.mayChange ? { action: `${back}/${id}/stop`, csrf: frame.person.csrf } : undefined
        }
        next={status === 'done' || !frame.mayChange ? users : again}
      />
      {faults.length > 1 && (
        <ul>
          {faults.slice(1).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </InstanceLayout>
  );
}

const TITLES: Record<ShownImport['status'], ProgressProps['title']> = {
  running: 'Importing users and groups',
  done: 'The import is done',
  failed: 'The import has failed',
  stopped: 'The import was stopped',
  interrupted: 'The import was interrupted',
};

const NOTES: Record<ShownImport['status'], string> = {
  running: 'Each step is stored as soon as it is done.',
  done: 'All of them are stored.',
  failed: 'What was stored before stays.',
  stopped: 'What was stored before stays. Import the same again to add the rest.',
  interrupted:
    'The server was stopped meanwhile. What was stored before stays: import the same again to add the rest.',
};
