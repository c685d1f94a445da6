import { Banner } from '../../components/console/banner.tsx';
import { HiddenValues, type HiddenEntries } from '../../components/console/hidden-values.tsx';
import { Named } from '../../components/named.tsx';
import { WordField } from '../../components/console/word-field.tsx';
import type { PageContext } from '../../page-context.tsx';
import { counted } from '../../words.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { Warnings } from '../warnings.tsx';

/** The changes of one kind of record and outcome, such as the users that would be created. */
export interface ChangeGroup {
  /** Such as `Users`. */
  kind: string;
  outcome: 'created' | 'updated' | 'deleted';
  count: number;
  /** The first of them. */
  names: readonly string[];
}

export interface FilePreviewProps {
  page: PageContext;
  frame: ConsoleFrame;
  changes: readonly ChangeGroup[];
  warnings: readonly string[];
  /** What the form sends back: the file, its options, and what this preview showed. */
  hidden: HiddenEntries;
  /** Present when something is deleted: then the word has to be typed. */
  word: string | undefined;
  error?: string | undefined;
  /** Whether somebody changed the organization since the last preview. */
  hasChanged: boolean;
}

/** What an organization file would change, with the button that applies it. */
export function FilePreviewPage(props: FilePreviewProps) {
  const { page, frame, changes, warnings, hidden, word, error, hasChanged } = props;
  const back = `${frame.homeHref}/organization-file`;
  const title = error === undefined ? 'What would change' : 'Nothing was changed: what would change';
  const deleted = changes.filter(({ outcome }) => outcome === 'deleted');
  const others = changes.filter(({ outcome }) => outcome !== 'deleted');
  return (
    <InstanceLayout {...{ page, frame, title }} place="organization-file">
      <h1>What would change</h1>
      {hasChanged && (
        <Banner tone="warning">
          Nothing was applied: the organization has changed since you looked. Look again at what would change
          now.
        </Banner>
      )}
      {changes.length === 0 ? (
        <p class="v-lead">Nothing: everything is as the file declares it.</p>
      ) : (
        <p class="v-lead">Nothing is done yet.</p>
      )}
      <Warnings title="The file has warnings" texts={warnings} />
      {deleted.length > 0 && (
        <section class="v-page-section v-consequences" aria-labelledby="deleted">
          <h2 id="deleted">To be deleted</h2>
          <Groups groups={deleted} />
        </section>
      )}
      {others.length > 0 && (
        <section class="v-page-section" aria-labelledby="changed">
          <h2 id="changed">To be created and updated</h2>
          <Groups groups={others} />
        </section>
      )}
      {changes.length === 0 ? (
        <a class="btn btn-primary" href={back}>
          Back to the organization file
        </a>
      ) : (
        <ApplyForm {...{ frame, hidden, word, error }} />
      )}
    </InstanceLayout>
  );
}

type ApplyFormProps = Pick<FilePreviewProps, 'frame' | 'hidden' | 'word' | 'error'>;

/** Applies what is shown; asks for the word when something is deleted. */
function ApplyForm({ frame, hidden, word, error }: ApplyFormProps) {
  const back = `${frame.homeHref}/organization-file`;
  return (
    <form method="post" action={`${back}/apply`} class="v-console-form" novalidate>
      <input type="hidden" name="csrf" value={frame.person.csrf} />
      <HiddenValues values={hidden} />
      {word !== undefined && <WordField id="file" {...{ word, error }} />}
      <p class="v-form-end">
        <button type="submit" class={`btn ${word === undefined ? 'btn-primary' : 'v-button-danger'}`}>
          Apply the file
        </button>
        <a class="btn v-button-quiet" href={back}>
          Cancel
        </a>
      </p>
    </form>
  );
}

function Groups({ groups }: { groups: readonly ChangeGroup[] }) {
  return (
    <ul>
      {groups.map(({ kind, outcome, count, names }) => (
        <li key={`${kind} ${outcome}`}>
          <strong>
            {kind}: {count} {outcome}
          </strong>
          <ul>
            {names.map((name, index) => (
              <li key={index}>
                <Named text={name} />
              </li>
            ))}
            {count > names.length && <li class="v-soft">and {counted(count - names.length, 'other')}</li>}
          </ul>
        </li>
      ))}
    </ul>
  );
}
