import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { generateOneTimePassword } from '../../domain/credentials/passwords/one-time-password.ts';
import { hashPassword } from '../../domain/credentials/passwords/password.ts';
import { setPassword } from '../../domain/credentials/passwords/commands.ts';
import { findUsersByName } from '../../domain/directory/user-store.ts';
import { nameKey } from '../../domain/directory/name-key.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { settingsSchema } from '../../domain/organizations/settings.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../foundation/platform/ids.ts';
import { openOrganization } from '../operations/open-organization.ts';
import type { OrganizationFile } from '../organization-file/read/schema.ts';
import type { StoredStudent } from './classroom.ts';
import { requireClassroom } from './change-classroom.ts';
import { assertOperator, type Caller, type ClassroomNeeds } from './needs.ts';
import { listStudents, storeHashes, takeSheet } from './store.ts';
import { usersWithPasswords } from './tailor.ts';
import { openTemplate } from './template.ts';

/** What a student needs to know: the passwords are in the answer that makes them, and nowhere else. */
export interface Card {
  readonly number: number;
  readonly name: string;
  readonly userName: string;
  readonly password: string;
  readonly portalUrl: string;
  readonly consoleUrl: string;
  /** The other users of the organization, with the password of them all; none if the template has none. */
  readonly users: readonly string[];
  readonly usersPassword: string;
  /** Why the card doesn't work yet. */
  readonly problem?: string | undefined;
}

export interface SheetInput {
  /** One student; absent: all. */
  readonly number?: number | undefined;
  /** The number of sheets that were made before, as the page showed it. Absent: not compared. */
  readonly sheets?: number | undefined;
}

/**
 * Makes new passwords for a student, or for all, and returns them: only their hashes are stored, so they are shown once,
 * and those of earlier sheets stop working. Throws ConflictException when another sheet was made since `sheets` was
 * read, or while the class is worked on.
 *
 * Attack: a page that is loaded again posts its form again, which would make the printed cards useless without a
 * question; the number of sheets stops that.
 */
export async function makeSheet(
  needs: ClassroomNeeds,
  caller: Caller,
  id: ClassroomId,
  { number, sheets }: SheetInput,
): Promise<Card[]> {
  assertOperator(caller);
  const classroom = await requireClassroom(needs, id);
  if (classroom.status === 'running') {
    throw new AppError(
      'ConflictException',
      'The organizations are still being made: wait until they are done.',
    );
  }
  const template = await openTemplate(needs, id);
  const all = await listStudents(needs.db.read, id);
  const students = all.filter((student) => number === undefined || student.number === number);
  if (students.length === 0) throw notFound('The student');
  const taken = await needs.db.transaction((tx) =>
    takeSheet(tx, needs.clock, id, sheets ?? classroom.sheets),
  );
  if (!taken) {
    throw new AppError('ConflictException', 'This sheet was made already, and passwords are shown once.');
  }
  const cards = new Map<number, Card>();
  const waiting = [...students];
  const makeNext = async (): Promise<void> => {
    for (let student = waiting.shift(); student; student = waiting.shift()) {
      cards.set(student.number, await makeCard(needs, caller, { id, template }, student));
    }
  };
  // More would only wait in the thread pool, and delay the password checks of users who sign in.
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, makeNext));
  return students.flatMap((student) => cards.get(student.number) ?? []);
}

interface Taught {
  readonly id: ClassroomId;
  readonly template: OrganizationFile;
}

async function makeCard(
  needs: ClassroomNeeds,
  caller: Caller,
  { id, template }: Taught,
  student: StoredStudent,
): Promise<Card> {
  const users = usersWithPasswords(template);
  const password = generateOneTimePassword(needs.ids);
  const usersPassword = users.length === 0 ? '' : generateOneTimePassword(needs.ids);
  const cost = settingsSchema.parse(template.settings).signIn.passwordHashCost;
  const own = await hashPassword(password, cost);
  const hashes = { own, users: users.length === 0 ? own : await hashPassword(usersPassword, cost) };
  const { name, userName, number } = student;
  const card = { number, name, userName, password, users, usersPassword };
  const opened = await openOrganization(needs, caller, student.organizationId).catch(unlessMissing);
  const instance = opened?.instance;
  if (!instance) {
    await needs.db.transaction((tx) => storeHashes(tx, id, number, hashes));
    const address = student.alias ?? student.directoryId;
    const problem = 'The organization isn’t there: reset it, and this card works.';
    return { ...card, ...addressesAt(needs.publicOrigin, address), problem };
  }
  const problem = await opened.run(async (work) => {
    await storeHashes(work.tx, id, number, hashes);
    const found = await findUsersByName(work.tx, instance.id, [userName, ...users]);
    const me = found.get(nameKey(userName));
    for (const user of found.values()) {
      if (!user.enabled) continue;
      const hash = user === me ? hashes.own : hashes.users;
      await setPassword(work, instance, user.id, { hash, declaredMac: null });
    }
    return me?.enabled === true
      ? undefined
      : `The user ${userName} was deleted or disabled: reset the organization, and this card works.`;
  });
  return { ...card, ...addressesOf(needs.publicOrigin, instance), ...(problem !== undefined && { problem }) };
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'ResourceNotFoundException') return undefined;
  throw error;
}

const addressesAt = (origin: string, address: string) => ({
  portalUrl: `${origin}/${address}/start`,
  consoleUrl: `${origin}/${address}/console`,
});

const addressesOf = (origin: string, { alias, directoryId }: Instance) =>
  addressesAt(origin, alias ?? directoryId);

/** A card as programs see it. */
export const cardSchema = z
  .strictObject({
    number: z.int(),
    name: z.string(),
    userName: z.string(),
    password: z.string().describe('Shown once.'),
    portalUrl: z.string(),
    consoleUrl: z.string(),
    users: z.array(z.string()).describe('The other users of the organization.'),
    usersPassword: z.string().describe('The password of them all.'),
    problem: z.string().nullable().describe('Why the card doesn’t work yet.'),
  })
  .meta({ id: 'StudentCard' });
