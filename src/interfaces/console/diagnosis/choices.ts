import type { Choices } from '../../../../views/console/diagnosis/diagnosis.tsx';
import { findApplicationBy } from '../../../administration/operations/applications.ts';
import { findUserBy } from '../../../administration/operations/diagnosis/diagnose-user.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { listApplications } from '../../../domain/applications/store.ts';
import { listUsers } from '../../../domain/directory/user-list-store.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';

/** What was typed as user and as application. */
export interface Asked {
  readonly user: string;
  readonly application: string;
}

/** What a text means: one, several, or none. */
export type Meant<One> =
  | { readonly kind: 'one'; readonly one: One }
  | { readonly kind: 'several'; readonly choices: Choices }
  | { readonly kind: 'none' };

/** How many are offered. */
const OFFERED = 10;

/** The address of a diagnosis, or of its form with what is known. */
function diagnosisHref({ homeHref }: Pick<ConsoleVisit, 'homeHref'>, asked: Partial<Asked>): string {
  const given = Object.entries(asked).filter(([, value]) => value !== '');
  return `${homeHref}/diagnosis?${new URLSearchParams(given).toString()}`;
}

/** The name of the user who is meant; those who may be meant when it is only a part of a name. */
export async function userMeant(
  { db }: Pick<ConsoleNeeds, 'db'>,
  console: ConsoleVisit,
  asked: Asked,
): Promise<Meant<string>> {
  const { user: text, application } = asked;
  const exact = text === '' ? undefined : await findUserBy(db.read, console.instance, text);
  if (exact) return { kind: 'one', one: exact.userName };
  const filter = text === '' ? {} : { search: text };
  const { items, cursor } = await listUsers(db.read, console.instance.id, filter, { limit: OFFERED });
  const [only] = items;
  if (text !== '' && only && items.length === 1 && cursor === null)
    return { kind: 'one', one: only.userName };
  if (text !== '' && !only) return { kind: 'none' };
  const choices = items.map(({ userName, displayName }) => ({
    ...{ name: userName, about: displayName },
    href: diagnosisHref(console, { user: userName, application }),
  }));
  return { kind: 'several', choices: { of: 'user', choices, hasMore: cursor !== null } };
}

/** The application that is meant, by its id, key or name. */
export async function applicationMeant(
  { db }: Pick<ConsoleNeeds, 'db'>,
  console: ConsoleVisit,
  asked: Asked,
): Promise<Meant<Application>> {
  const { user, application: text } = asked;
  const { instance } = console;
  const exact = text === '' ? undefined : await exactApplication({ db }, console, text);
  if (exact) return { kind: 'one', one: exact };
  const filter = text === '' ? {} : { search: text };
  const { items, cursor } = await listApplications(db.read, instance.id, filter, { limit: OFFERED });
  const [only] = items;
  if (text !== '' && only && items.length === 1 && cursor === null) return { kind: 'one', one: only };
  if (text !== '' && !only) return { kind: 'none' };
  const choices = items.map(({ displayName, key }) => ({
    ...{ name: displayName, about: key },
    href: diagnosisHref(console, { user, application: key }),
  }));
  return { kind: 'several', choices: { of: 'application', choices, hasMore: cursor !== null } };
}

async function exactApplication(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { instance }: ConsoleVisit,
  text: string,
): Promise<Application | undefined> {
  try {
    return await findApplicationBy(db.read, instance, text);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'ResourceNotFoundException')) throw error;
  }
  const named = await listApplications(db.read, instance.id, { displayName: text }, { limit: 2 });
  return named.items.length === 1 ? named.items[0] : undefined;
}
