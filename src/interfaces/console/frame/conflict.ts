import type { Conflict, ConflictingValue } from '../../../../views/components/console/conflict-notice.tsx';
import type { Operation } from '../../../domain/audit/operations.ts';
import type { EventRecord } from '../../../domain/audit/event.ts';
import { listEvents } from '../../../domain/audit/event-list-store.ts';
import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { ConsoleNeeds, ConsoleVisit } from './console-visit.ts';
import type { FormFaults } from './faults.ts';

/** Operations on one record. */
export interface ChangeOf {
  readonly operations: readonly Operation[];
  /** The request's parameter that names what is changed, such as `userId`; others name what a record belongs to. */
  readonly parameter: string;
  readonly id: string;
}

/** A form whose record may have been changed by somebody else after it had been opened. */
interface ContestedForm {
  /** What changes the record that the form shows. Other operations name it too, such as adding a member to a group. */
  readonly changedBy: readonly ChangeOf[];
  /** The same form with the values of now. */
  readonly takeTheirsHref: string;
  /** Each field with both values; those that are equal are left out. */
  readonly values: readonly ConflictingValue[];
}

/** What the form shows above itself when somebody else was faster; undefined when that isn't what was wrong. */
export async function conflictOf(
  needs: Pick<ConsoleNeeds, 'db'>,
  console: Pick<ConsoleVisit, 'organization'>,
  faults: FormFaults | undefined,
  form: ContestedForm,
): Promise<Conflict | undefined> {
  return faults?.presentVersion === undefined ? undefined : conflictNotice(needs, console, form);
}

/** The same for a record without a version, whose form knows in another way that somebody else was faster. */
export async function conflictNotice(
  needs: Pick<ConsoleNeeds, 'db'>,
  console: Pick<ConsoleVisit, 'organization'>,
  { changedBy, takeTheirsHref, values }: ContestedForm,
): Promise<Conflict> {
  return {
    ...(await lastChangeOf(needs, console, changedBy)),
    takeTheirsHref,
    values: values
      .filter(({ yours, theirs }) => yours !== theirs)
      .map(({ label, yours, theirs }) => ({
        label,
        yours: excerpt(yours, SHOWN),
        theirs: excerpt(theirs, SHOWN),
      })),
  };
}

/** Characters of a value that are shown; its field, or its page, has the whole. */
const SHOWN = 1000;

/** Events that are looked at. A change that was made while somebody filled in a form is among the newest ones. */
const NEWEST = 200;

/** Who changed a record last, and when, as text. */
async function lastChangeOf(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { organization }: Pick<ConsoleVisit, 'organization'>,
  changedBy: readonly ChangeOf[],
): Promise<LastChange> {
  const { items } = await listEvents(db.read, organization.id, {}, { limit: NEWEST });
  return lastChangeAmong(items, changedBy);
}

type LastChange = Pick<Conflict, 'by' | 'when'>;

/** The newest change of a record among events, newest first; “Somebody” when they have none. */
export function lastChangeAmong(events: readonly EventRecord[], changedBy: readonly ChangeOf[]): LastChange {
  const change = events.find(
    ({ eventName, errorCode, requestParameters }) =>
      errorCode === undefined &&
      changedBy.some(
        ({ operations, parameter, id }) =>
          operations.some((operation) => operation === eventName) && requestParameters?.[parameter] === id,
      ),
  );
  if (!change) return { by: 'Somebody', when: 'meanwhile' };
  const { userName, principalId } = change.userIdentity;
  const session = typeof principalId === 'string' ? principalId.replace(/^[^:]*:/, '') : 'Somebody';
  return {
    by: typeof userName === 'string' && userName !== '' ? userName : session,
    when: `at ${whenOf(Date.parse(change.eventTime)).text}`,
  };
}
