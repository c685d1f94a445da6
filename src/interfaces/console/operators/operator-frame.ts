import type { OperatorFrame } from '../../../../views/console/operator-layout.tsx';
import type { Ctx } from '../../../foundation/http/context.ts';
import { apiCallsOf } from '../frame/api-links.ts';
import { ORGANIZATIONS_PATH, type Operator } from './operator.ts';

/** What the frame of a page about the whole server shows, or about an organization that has no console yet. */
export const operatorFrame = (ctx: Ctx, { shown }: Operator, organizationId?: string): OperatorFrame => ({
  person: shown,
  homeHref: ORGANIZATIONS_PATH,
  apiCalls: apiCallsOf(ctx, organizationId),
});
