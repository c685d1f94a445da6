import { z } from 'zod';
import { nameKey } from '../domain/directory/name-key.ts';
import { StartError } from '../server/start-error.ts';
import type { ControlClient } from './control-client.ts';
import { printable, type ChosenServiceProvider } from './service-provider-choice.ts';

/** What `register` makes an application of, and for whom. */
export interface Wanted {
  readonly organization: string;
  readonly chosen: ChosenServiceProvider;
  readonly metadataXml: string;
  readonly name?: string;
  readonly key?: string;
  /** User names. */
  readonly users: readonly string[];
  /** Display names of groups. */
  readonly groups: readonly string[];
  readonly everyone: boolean;
}

const applicationSchema = z.object({
  id: z.string(),
  key: z.string(),
  displayName: z.string(),
  entityId: z.string(),
  ssoUrl: z.string(),
  metadataUrl: z.string(),
  certificateUrl: z.string(),
  certificate: z.object({ notAfter: z.string() }).nullable(),
  serviceProvider: z.object({
    entityId: z.string(),
    acsUrls: z.array(z.string()),
    requestSigningCertificates: z.array(z.string()),
  }),
  warnings: z.array(z.object({ message: z.string() })).optional(),
});
export type RegisteredApplication = z.output<typeof applicationSchema>;

const listSchema = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
const assignmentSchema = z.object({ principalType: z.string(), principalId: z.string() });
const withId = z.object({ id: z.string() });

export interface Outcome {
  readonly application: RegisteredApplication;
  /** `found`: the same application was there before, and nothing was changed; `assigned`: it was there for nobody. */
  readonly how: 'added' | 'found' | 'assigned';
}

/**
 * Adds and assigns the application, or finds that the same was done before: running the command again does nothing.
 * What exists is never changed, because metadata from the network can claim the EntityID of another application, and
 * would lead its users' responses elsewhere. Users and groups are looked up before anything is added, and if the
 * assignment fails, the application is removed again. Throws a StartError that says what is wrong.
 */
export async function register(client: ControlClient, wanted: Wanted): Promise<Outcome> {
  const { call } = client;
  const place = `/organizations/${encodeURIComponent(wanted.organization)}`;
  const principals = await findPrincipals(client, place, wanted);
  const query = new URLSearchParams({ entityId: wanted.chosen.entityId });
  const { items } = readAnswer(
    client,
    listSchema(applicationSchema),
    await call('GET', `${place}/applications?${query}`),
  );
  const [first] = items;
  const application =
    items.find((each) => differencesOf(each, wanted).length === 0) ??
    (first ? refuseOther(first, wanted) : undefined);
  if (application) {
    const path = `${place}/applications/${application.id}/assignments`;
    const answer = await call('GET', `${path}?limit=1000`);
    const assigned = readAnswer(client, listSchema(assignmentSchema), answer).items;
    // An earlier run was ended between adding and assigning.
    if (assigned.length === 0 && isAssigning(wanted)) {
      await call('PUT', path, assignmentOf(wanted));
      return { application, how: 'assigned' };
    }
    refuseMissing(application, wanted.everyone ? [EVERYONE] : principals, assigned);
    return { application, how: 'found' };
  }
  const { chosen, metadataXml, name, key } = wanted;
  const added = readAnswer(
    client,
    applicationSchema,
    await call('POST', `${place}/applications`, {
      displayName: name ?? chosen.displayName.slice(0, 128),
      ...(key !== undefined && { key }),
      serviceProvider: { metadataXml, entityId: chosen.entityId },
    }),
  );
  if (!isAssigning(wanted)) return { application: added, how: 'added' };
  try {
    await call('PUT', `${place}/applications/${added.id}/assignments`, assignmentOf(wanted));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const undone = await call('DELETE', `${place}/applications/${added.id}`).then(
      () => 'so it was removed again',
      () => `and could not be removed: its key is ${added.key}`,
    );
    throw new StartError(`The application could not be assigned, ${undone}. ${reason}`, { cause: error });
  }
  return { application: added, how: 'added' };
}

const isAssigning = ({ users, groups, everyone }: Wanted) => everyone || users.length + groups.length > 0;
const assignmentOf = ({ users, groups, everyone }: Wanted) => (everyone ? { everyone } : { users, groups });

/** What the API has answered. Throws a StartError for the answer of another program. */
function readAnswer<Schema extends z.ZodType>(
  { origin }: ControlClient,
  schema: Schema,
  answer: unknown,
): z.output<Schema> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new StartError(
    `What answers at ${origin} is not Vestibule’s API, or that of another version: name it with --url.`,
  );
}

interface FoundPrincipal {
  readonly id: string;
  readonly name: string;
}

/** Has no id of its own: assignments to everyone are recognised by their type. */
const EVERYONE: FoundPrincipal = { id: '', name: 'everyone' };

async function findPrincipals(
  client: ControlClient,
  place: string,
  { users, groups }: Wanted,
): Promise<FoundPrincipal[]> {
  const found: FoundPrincipal[] = [];
  const unknown: string[] = [];
  const lookUp = async (kind: 'user' | 'group', filter: string, names: readonly string[]) => {
    for (const name of new Map(names.map((each) => [nameKey(each), each])).values()) {
      const query = new URLSearchParams({ [filter]: name });
      const answer = await client.call('GET', `${place}/${kind}s?${query}`);
      const { items } = readAnswer(client, listSchema(withId), answer);
      if (items[0]) found.push({ id: items[0].id, name });
      else unknown.push(`There is no ${kind} ${printable(name)}.`);
    }
  };
  await lookUp('user', 'userName', users);
  await lookUp('group', 'displayName', groups);
  if (unknown.length > 0) throw new StartError([...unknown, 'Nothing was added.'].join('\n'));
  return found;
}

/** How an application of the same EntityID differs from what is wanted. */
function differencesOf(application: RegisteredApplication, { chosen, name, key }: Wanted): string[] {
  const { serviceProvider, displayName } = application;
  const isSame = (one: readonly string[], other: readonly string[]) => one.join() === other.join();
  const listed = (urls: readonly string[]) => urls.map(printable).join(', ');
  return [
    ...(isSame(serviceProvider.acsUrls, chosen.acsUrls)
      ? []
      : [`its ACS is ${listed(serviceProvider.acsUrls)}, and in the metadata ${listed(chosen.acsUrls)}`]),
    ...(isSame(serviceProvider.requestSigningCertificates, chosen.requestSigningCertificates)
      ? []
      : ['its certificates for requests are not those in the metadata']),
    ...(name === undefined || name === displayName ? [] : [`its name is ${printable(displayName)}`]),
    ...(key === undefined || key === application.key ? [] : [`its key is ${application.key}`]),
  ];
}

function refuseOther(application: RegisteredApplication, wanted: Wanted): never {
  throw existing(application, `differs: ${differencesOf(application, wanted).join('; ')}`);
}

function refuseMissing(
  application: RegisteredApplication,
  principals: readonly FoundPrincipal[],
  assigned: readonly z.output<typeof assignmentSchema>[],
): void {
  if (assigned.some(({ principalType }) => principalType === 'EVERYONE')) return;
  const missing = principals.filter(({ id }) => !assigned.some((each) => each.principalId === id));
  if (missing.length > 0)
    throw existing(
      application,
      `is not assigned to ${missing.map(({ name }) => printable(name)).join(', ')}`,
    );
}

const existing = ({ displayName, key }: RegisteredApplication, difference: string) =>
  new StartError(
    `An application of this service provider exists (${printable(displayName)}, key ${key}), and ${difference}. Nothing was changed: change it with the control API, or delete it first.`,
  );
