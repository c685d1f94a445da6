import { findApplicationForSigning } from '../../../domain/certificates/store.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import { takeInspectionMark } from '../../visit/inspection-mode.ts';
import type { Visit } from '../../visit/visit.ts';
import type { IdpNeeds } from '../application-visit.ts';
import { UNREAD } from '../requests/record-refusal.ts';
import { assertUsable } from '../requests/usable-application.ts';
import { showDelivery } from './answer.tsx';
import { answeredAlready } from './issue.ts';
import { findKeptAnswer } from './kept-answer.ts';

/**
 * Shows the session that got the response to a request that same response again. Nothing is issued or recorded. Throws
 * Gone when this session didn't get it, has got another one since, or it has expired.
 */
export async function answerAgain(needs: IdpNeeds, ctx: Ctx, visit: Visit, token: string): Promise<void> {
  const { db, sealer } = needs;
  const resumed = await needs.sessions.current(ctx, visit);
  const kept = resumed && (await findKeptAnswer(db.read, sealer, resumed.session, token, visit.times));
  const found = kept && (await findApplicationForSigning(db.read, visit.instance.id, kept.applicationId));
  if (!found) throw answeredAlready();
  const target = { visit, ...found };
  await assertUsable(needs, target, UNREAD);
  if (!kept.inspected) return showDelivery(needs, ctx, target, kept);
  takeInspectionMark(ctx, visit, kept.applicationId);
  const { showInspection } = await import('../inspection/inspection-page.tsx');
  return showInspection(needs, ctx, target, kept, kept.inspected);
}
