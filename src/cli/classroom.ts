import { basename, extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { readStudents } from '../administration/classroom/read-students.ts';
import { cardSchema } from '../administration/classroom/sheet.ts';
import { AppError } from '../foundation/platform/errors.ts';
import { readRegularFile } from '../foundation/platform/regular-file.ts';
import { describeFailure, StartError } from '../server/start-error.ts';
import { warn } from './announce.ts';
import type { ControlClient } from './control-client.ts';
import { clientOf } from './running-server.ts';

export interface ClassroomFlags extends Record<string, unknown> {
  from?: string;
  name?: string;
  json?: boolean;
  url?: string;
}

const MAX_OCTETS = 1024 * 1024;
/** How often the command asks whether the organizations are made. */
const LOOK_MS = 500;

const classroomSchema = z.object({ id: z.string(), status: z.string(), faults: z.array(z.string()) });
const sheetSchema = z.object({ cards: z.array(cardSchema) });
type Card = z.output<typeof cardSchema>;

/**
 * `vestibule classroom`: makes a class at a running server, waits until its organizations are made, and prints the cards
 * of its students. Returns the exit code.
 */
export async function makeClassroom(list: string, flags: ClassroomFlags): Promise<number> {
  try {
    const client = clientOf(flags);
    const students = readList(list, await readText(list));
    const file = flags.from === undefined ? undefined : await readText(flags.from);
    const name = flags.name ?? basename(list, extname(list));
    const made = await client.call('POST', '/classrooms', {
      name,
      students,
      ...(file !== undefined && { file }),
    });
    const { id, status, faults } = await ended(client, classroomSchema.parse(made));
    if (status !== 'idle') {
      throw new StartError(
        `Not all organizations could be made:\n${faults.join('\n') || `they are ${status}.`}`,
      );
    }
    const { cards } = sheetSchema.parse(await client.call('POST', `/classrooms/${id}/sheet`, {}));
    process.stdout.write(flags.json === true ? `${JSON.stringify(cards, null, 2)}\n` : toCsv(cards));
    return 0;
  } catch (error) {
    warn(describeFailure(error, { logLevel: 'info' }));
    return 1;
  }
}

async function readText(path: string): Promise<string> {
  const file = await readRegularFile(path, MAX_OCTETS);
  if (!file.ok) throw new StartError(`${path} ${file.message}.`);
  return file.text;
}

/** The students of a list. Throws a StartError that names each mistake with its line, as editors open it. */
function readList(path: string, text: string) {
  try {
    return readStudents(text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.fields.map(({ line, message }) =>
      [path, line, ` ${message}`].filter(Boolean).join(':'),
    );
    throw new StartError(faults.join('\n'), { cause: error });
  }
}

async function ended(client: ControlClient, begun: z.output<typeof classroomSchema>) {
  let classroom = begun;
  while (classroom.status === 'running') {
    await wait(LOOK_MS);
    classroom = classroomSchema.parse(await client.call('GET', `/classrooms/${classroom.id}`));
  }
  return classroom;
}

const COLUMNS = ['name', 'userName', 'password', 'portalUrl', 'consoleUrl', 'usersPassword'] as const;

const toCsv = (cards: readonly Card[]): string =>
  [COLUMNS.join(','), ...cards.map((card) => COLUMNS.map((column) => cell(card[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');

/** Attack: a spreadsheet calculates a name that begins with such a sign, and a formula can send the passwords away. */
const cell = (text: string): string =>
  `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
