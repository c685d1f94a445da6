import { describeFailure } from '../server/start-error.ts';
import { describeAdded } from './added-application.ts';
import { warn } from './announce.ts';
import { clientOf } from './running-server.ts';
import { readMetadata } from './read-metadata.ts';
import { register, type Wanted } from './register-application.ts';
import { chooseServiceProvider } from './service-provider-choice.ts';

export interface AddApplicationFlags extends Record<string, unknown> {
  /**
   * Required, and checked here: commander would miss it before it finds that `--metadta` is misspelt, and wouldn't
   * suggest the right name.
   */
  metadata?: string;
  organization: string;
  entityId?: string;
  name?: string;
  key?: string;
  assign?: string[];
  group?: string[];
  everyone?: boolean;
  url?: string;
}

/**
 * `vestibule add-application`: makes an application from a service provider's metadata at a running server, assigns it,
 * and prints what the service provider needs. Returns the exit code: 2 for wrong usage, 1 for a failure; then nothing
 * was added.
 */
export async function addApplication(flags: AddApplicationFlags): Promise<number> {
  const { metadata, assign: users = [], group: groups = [], everyone = false } = flags;
  if (metadata === undefined) {
    warn('Name the service provider’s metadata, a file or an address: --metadata <source>.');
    return 2;
  }
  if (everyone && users.length + groups.length > 0) {
    warn('Give either --everyone, or --assign and --group.');
    return 2;
  }
  try {
    const client = clientOf(flags);
    const metadataXml = await readMetadata(metadata);
    const chosen = await chooseServiceProvider(metadataXml, flags.entityId);
    const wanted: Wanted = { organization: flags.organization, chosen, metadataXml, users, groups, everyone };
    const { name, key } = flags;
    const outcome = await register(client, {
      ...wanted,
      ...(name !== undefined && { name }),
      ...(key !== undefined && { key }),
    });
    process.stdout.write(describeAdded(outcome, wanted));
    for (const { message } of outcome.application.warnings ?? []) warn(`Warning: ${message}.`);
    return 0;
  } catch (error) {
    warn(describeFailure(error, { logLevel: 'info' }));
    return 1;
  }
}
