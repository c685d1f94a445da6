import type { Conflict, ConflictingValue } from '../../../../views/components/console/conflict-notice.tsx';
import type { Operation } from '../../../domain/audit/operations.ts';
import { listEvents } from '../../../domain/audit/event-list-store.ts';
import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { ConsoleNeeds, ConsoleVisit } from './console-visit.ts';
import type { FormFaults } from './faults.ts';

/** A form whose record may have been changed by somebody else after it had been opened. */
interface ContestedForm {
  /** The ids by which events name the record. */
  readonly recordIds: readonly string[];
  /** The operations that change what the form shows; others name the record too, such as adding a member to a group. */
  readonly changedBy: readonly Operation[];
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
  { recordIds, changedBy, takeTheirsHref, values }: ContestedForm,
): Promise<Conflict> {
  return {
    ...(await lastChangeOf(needs, console, recordIds, changedBy)),
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

/** Who changed a record last, and when, as text; “Somebody” when other events have pushed it out. */
async function lastChangeOf(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { organization }: Pick<ConsoleVisit, 'organization'>,
  recordIds: readonly string[],
  changedBy: readonly string[],
): Promise<Pick<Conflict, 'by' | 'when'>> {
  const { items } = await listEvents(db.read, organization.id, {}, { limit: NEWEST });
  const change = items.find(({ eventName, errorCode, requestParameters }) => {
    if (errorCode !== undefined || !changedBy.includes(eventName)) return false;
    const named = Object.values(requestParameters ?? {});
    return recordIds.some((id) => named.includes(id));
  });
  if (!change) return { by: 'Somebody', when: 'meanwhile' };
  const { userName, principalId } = change.userIdentity;
  const session = typeof principalId === 'string' ? principalId.replace(/^[^:]*:/, '') : 'Somebody';
  return {
    by: typeof userName === 'string' && userName !== '' ? userName : session,
    when: `at ${whenOf(Date.parse(change.eventTime)).text}`,
  };
}
