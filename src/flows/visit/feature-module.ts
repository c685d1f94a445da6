import type { DomainModule } from '../../domain/organizations/trims.ts';
import type { Mount } from '../../foundation/http/context.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { Continuations } from './continuations.ts';

/** What a feature folder provides to the server, in its `module.ts`. The server lists all modules. */
export interface FeatureModule<Needs> extends Partial<DomainModule> {
  /** In the order of matching. */
  readonly routes?: (needs: Needs) => readonly Mount[];
  /** Routes below one path. Their code is loaded at the first request for one of them. */
  readonly lazyRoutes?: {
    /** Without a slash at the end. */
    readonly below: string;
    readonly load: (needs: Needs) => Promise<readonly Mount[]>;
  };
  readonly continuations?: (needs: { readonly db: Database }) => Continuations;
}
