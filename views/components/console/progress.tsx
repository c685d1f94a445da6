import { grouped } from '../../words.ts';
import { Callout } from '../callout.tsx';
import { PostButton } from './post-button.tsx';

export interface ProgressProps {
  id: string;
  /** Such as `Importing users`. */
  title: string;
  state: 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  done: number;
  /** Absent while it isn't known yet. */
  total?: number | undefined;
  /** What is counted, such as `users`. */
  unit: string;
  /** What is done right now, or what came of it. */
  note: string;
  /** Posts the wish to stop; absent when it can't be stopped. */
  stop?: { readonly action: string; readonly csrf: string } | undefined;
  /** Where to go when it has ended. */
  next: { readonly label: string; readonly href: string };
}

/**
 * Long work that goes on in the server, whoever watches. While it runs, a script (browser/parts/progress.ts) fetches the
 * page again and shows its numbers here; without scripts the page reloads itself, for which its layout needs
 * `reloadSeconds`.
 */
export function Progress({ id, title, state, done, total, unit, note, stop, next }: ProgressProps) {
  const isGoingOn = state === 'running' || state === 'stopping';
  const count =
    total === undefined ? `${grouped(done)} ${unit}` : `${grouped(done)} of ${grouped(total)} ${unit}`;
  return (
    <section id={id} class="v-progress" data-progress={isGoingOn ? '' : undefined}>
      <h2 id={`${id}-title`}>{title}</h2>
      {state === 'failed' ? (
        <Callout tone="danger" title={`It failed after ${count}`}>
          <p>{note}</p>
        </Callout>
      ) : (
        <>
          <progress
            aria-labelledby={`${id}-title`}
            max={total ?? 1}
            value={total === undefined && isGoingOn ? undefined : total === undefined ? 1 : done}
          />
          <p class="v-progress-count">
            <strong data-progress-text>{count}</strong>
            <span data-progress-text>{STATES[state]}</span>
          </p>
          <p class="v-soft" data-progress-text>
            {note}
          </p>
        </>
      )}
      {state === 'running' && stop && <PostButton {...stop} label="Stop" />}
      {isGoingOn ? (
        <p class="v-hint">You can leave this page: the work goes on, and this address shows how far it is.</p>
      ) : (
        <a class="btn btn-primary" href={next.href}>
          {next.label}
        </a>
      )}
    </section>
  );
}

const STATES: Record<ProgressProps['state'], string> = {
  running: 'under way',
  stopping: 'stopping after what is under way',
  done: 'done',
  stopped: 'stopped',
  failed: 'failed',
};
