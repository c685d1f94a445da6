import { OrganizationsPage, type ListedOrganization } from '../../../../views/console/organizations.tsx';
import { countApplications } from '../../../domain/applications/store.ts';
import { findLastEvent } from '../../../domain/audit/store.ts';
import { countForList } from '../../../domain/directory/user-list-store.ts';
import {
  pageOrganizations,
  type OrganizationWithInstance,
} from '../../../domain/organizations/instance-store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { listQuery, nextHref, searchOf } from '../frame/list-query.ts';
import { ORGANIZATIONS_PATH, requireOperator, type OperatorNeeds } from './operator.ts';
import { operatorFrame } from './operator-frame.ts';
import { CREATE_PATH, enablePath } from './paths.ts';

/** Organizations per page: for each, three small queries. */
const SHOWN = 25;

/** The list of all organizations of the server. */
export function organizationRoutes(needs: OperatorNeeds): Mount {
  return (router) => {
    router.get(
      ORGANIZATIONS_PATH,
      withCheckedInput({ query: listQuery }, async (ctx, { query }) => {
        const operator = await requireOperator(needs, ctx);
        if (!operator) return;
        const { read } = needs.db;
        const search = searchOf(query);
        const listed = await pageOrganizations(read, { search }, { limit: SHOWN, cursor: query.cursor });
        const organizations: ListedOrganization[] = [];
        for (const each of listed.items) organizations.push(await present(read, each));
        const kept = { q: search ?? '' };
        const firstHref =
          search === undefined ? ORGANIZATIONS_PATH : `${ORGANIZATIONS_PATH}?${new URLSearchParams(kept)}`;
        needs.show(ctx, undefined, (page) => (
          <OrganizationsPage
            {...{ page, organizations, query: search ?? '', frame: operatorFrame(ctx, operator) }}
            createHref={CREATE_PATH}
            firstHref={query.cursor === undefined ? undefined : firstHref}
            nextHref={nextHref(ORGANIZATIONS_PATH, kept, listed.cursor)}
          />
        ));
      }),
    );
  };
}

async function present(
  queries: Queries,
  { organization, instance }: OrganizationWithInstance,
): Promise<ListedOrganization> {
  const lastEvent = await findLastEvent(queries, organization.id);
  return {
    ...{ id: organization.id, name: organization.name, isDefault: organization.isDefault },
    consoleHref: instance
      ? `/${instance.alias ?? instance.directoryId}/console`
      : enablePath(organization.id),
    lastEvent: lastEvent && whenOf(lastEvent.at),
    instance: instance && {
      portalHref: `/${instance.alias ?? instance.directoryId}/start`,
      reference: instance.alias ?? instance.directoryId,
      users: await countForList(queries, instance.id),
      applications: await countApplications(queries, instance.id),
    },
  };
}
