import { z } from 'zod';
import { findLastAnswer, keepLastAnswer } from '../../../domain/sessions/last-answer-store.ts';
import type { Session } from '../../../domain/sessions/session.ts';
import { hashToken, type Sealer } from '../../../foundation/platform/crypto.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import type { Times } from '../../../domain/organizations/organization.ts';
import { asId, type ApplicationId } from '../../../foundation/platform/ids.ts';
import { findingSchema } from '../requests/findings.ts';
import type { PendingRequest } from '../requests/pending-request-store.ts';

/*
 * A request gets one response. A browser that asks again is shown that same response: after a second click on a slow
 * network it drops the answer to the first click, which has used up the request. Bound to the session that was
 * answered: another browser, another user and everyone who signed out learn nothing.
 */

/** Who got the response to a request. */
export interface AnsweredIn {
  readonly session: Session;
  /** Whether the user asked to see the response before it is sent (administrator mode). */
  readonly isInspected: boolean;
}

const keptSchema = z.object({
  applicationId: z.string().transform(asId<ApplicationId>),
  xml: z.string(),
  acsUrl: z.string(),
  relayState: z.string().nullable(),
  /** When the assertion is over, in wire time; null without one. */
  validUntil: z.int().nullable(),
  /** The request, for the page that shows both; null outside administrator mode. */
  inspected: z.object({ xml: z.string(), signed: z.boolean(), findings: z.array(findingSchema) }).nullable(),
});

/** A response that was sent already. */
export type KeptAnswer = z.output<typeof keptSchema>;

/** Keeps a response for the session that got it, as long as its request would have waited. */
export function keepAnswer(
  tx: Tx,
  sealer: Sealer,
  pending: PendingRequest,
  { session, isInspected }: AnsweredIn,
  sent: Pick<KeptAnswer, 'xml' | 'acsUrl' | 'relayState' | 'validUntil'>,
): Promise<void> {
  const { signed = false, findings = [] } = pending.request;
  const inspected = isInspected ? { xml: pending.xml, signed, findings: [...findings] } : null;
  const kept: KeptAnswer = { ...sent, applicationId: pending.applicationId, inspected };
  return keepLastAnswer(tx, sealer, session, {
    to: hashToken(pending.token),
    content: JSON.stringify(kept),
    until: pending.expiresAt,
  });
}

/** The response to the request with this token, if this session got it and it is still valid. */
export async function findKeptAnswer(
  queries: Queries,
  sealer: Sealer,
  session: Session,
  token: string,
  { policyAt, wireAt }: Times,
): Promise<KeptAnswer | undefined> {
  const content = await findLastAnswer(queries, sealer, session, hashToken(token), policyAt);
  if (content === undefined) return undefined;
  const kept = keptSchema.parse(JSON.parse(content));
  return kept.validUntil === null || wireAt < kept.validUntil ? kept : undefined;
}
