import { z } from 'zod';
import { OrganizationsPage, type ListedOrganization } from '../../../../views/console/organizations.tsx';
import { countApplications } from '../../../domain/applications/store.ts';
import { findLastEventAt } from '../../../domain/audit/store.ts';
import { countUsers } from '../../../domain/directory/user-list-store.ts';
import {
  pageOrganizations,
  type OrganizationWithInstance,
} from '../../../domain/organizations/instance-store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { ORGANIZATIONS_PATH, requireOperator, type OperatorNeeds } from './operator.ts';

const query = z.object({
  search: z.string().max(100).default(''),
  cursor: z.string().max(500).optional(),
});

/** Organizations per page: for each, three small queries. */
const SHOWN = 25;

/** The list of all organizations of the server. */
export function organizationRoutes(needs: OperatorNeeds): Mount {
  return (router) => {
    router.get(
      ORGANIZATIONS_PATH,
      withCheckedInput({ query }, async (ctx, { query: { search, cursor } }) => {
        const operator = await requireOperator(needs, ctx);
        if (!operator) return;
        const { read } = needs.db;
        const wanted = search.trim();
        const listed = await pageOrganizations(
          read,
          { search: wanted === '' ? undefined : wanted },
          { limit: SHOWN, cursor },
        );
        const organizations: ListedOrganization[] = [];
        for (const each of listed.items) organizations.push(await present(read, each));
        const moreHref =
          listed.cursor === null
            ? undefined
            : `${ORGANIZATIONS_PATH}?${new URLSearchParams({ ...(wanted && { search: wanted }), cursor: listed.cursor })}`;
        const isPart = cursor !== undefined;
        needs.show(ctx, undefined, (page) => (
          <OrganizationsPage
            {...{ page, organizations, isPart, moreHref, search: wanted }}
            person={operator.shown}
            homeHref={ORGANIZATIONS_PATH}
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
  const lastEventAt = await findLastEventAt(queries, organization.id);
  return {
    ...{ id: organization.id, name: organization.name, isDefault: organization.isDefault },
    lastEvent: lastEventAt === undefined ? undefined : whenOf(lastEventAt),
    instance: instance && {
      portalHref: `/${instance.alias ?? instance.directoryId}/start`,
      consoleHref: `/${instance.alias ?? instance.directoryId}/console`,
      reference: instance.alias ?? instance.directoryId,
      users: await countUsers(queries, instance.id),
      applications: await countApplications(queries, instance.id),
    },
  };
}
