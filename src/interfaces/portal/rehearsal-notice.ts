import type { RehearsalNoticeProps } from '../../../views/components/rehearsal-notice.tsx';
import { listRehearsalsOfBrowser } from '../../domain/certificates/rehearsal-store.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { rehearsalSecret } from '../../flows/visit/rehearsal-cookie.ts';
import type { SignedInVisit, PortalNeeds } from './signed-in.ts';

/** The notice for a browser that rehearses certificates; undefined for all other browsers, without a query. */
export async function rehearsalNotice(
  { db }: PortalNeeds,
  ctx: Ctx,
  { visit, csrf }: SignedInVisit,
): Promise<RehearsalNoticeProps | undefined> {
  const secret = rehearsalSecret(ctx, visit);
  if (secret === undefined) return undefined;
  const running = await listRehearsalsOfBrowser(db.read, visit.instance.id, secret, visit.times.policyAt);
  if (running.length === 0) return undefined;
  const href = `/${visit.reference}/saml/rehearsals`;
  const applicationNames = running.map(({ applicationName }) => applicationName);
  return { applicationNames, href, endAction: `${href}/end`, csrf };
}
