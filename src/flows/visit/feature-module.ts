import type { DomainModule } from '../../domain/organizations/trims.ts';
import type { Mount } from '../../foundation/http/context.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { Continuations } from './continuations.ts';

/** What a feature folder gives to the server, in its `module.ts`. The server's list of modules names each of them. */
export interface FeatureModule<Needs> extends Partial<DomainModule> {
  /** In the order in which they are matched. */
  readonly routes?: (needs: Needs) => readonly Mount[];
  /** Routes below one path, whose code is loaded when the first request for one of them comes. */
  readonly lazyRoutes?: {
    /** Without a slash at the end. */
    readonly below: string;
    readonly load: (needs: Needs) => Promise<readonly Mount[]>;
  };
  readonly continuations?: (needs: { readonly db: Database }) => Continuations;
}
