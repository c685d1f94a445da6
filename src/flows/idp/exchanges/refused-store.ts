import { sql, type Selectable } from 'kysely';
import type { Settings } from '../../../domain/organizations/settings.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { excerpt } from '../../../foundation/platform/excerpt.ts';
import type { ApplicationId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { REDACTED, redactMessage } from '../../../protocols/saml/redact.ts';
import { REQUEST_LIMITS } from '../../../protocols/saml/xml/limits.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import type { Tables } from '../../../foundation/storage/tables.ts';
import { deleteBeyondBytes, deleteFound } from '../../../foundation/storage/trim.ts';
import type { Finding } from '../requests/findings.ts';
import { openMessages, sealMessages } from './sealed-exchange.ts';

/** A sign-on that ended with an error page: the service provider got no response. */
export interface RefusedRequest {
  id: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  /** The order of recording, together with the exchanges. */
  sequence: number;
  user: { id: UserId; userName: string } | null;
  initiatedBy: 'service-provider' | 'identity-provider';
  /** A word such as `signature-invalid`. */
  reason: string;
  /** What the page said. */
  message: string;
  /** What was let pass before. */
  findings: readonly Finding[];
  at: Instant;
  /** As received; null when there was none, or it could not be decoded. */
  requestXml: string | null;
  relayState: string | null;
}

/** What is kept at most. An instance has a bound of its own, because it can have very many applications. */
export const REFUSED_LIMITS = {
  application: { rows: 100, bytes: 2 * 1024 * 1024 },
  instance: { rows: 1000, bytes: 16 * 1024 * 1024 },
  /** In one minute; the others are only in the events. */
  perMinute: { application: 20, instance: 100 },
} as const;

/** In the unit of `sequence`, microseconds. */
const MINUTE = 60_000_000;

/**
 * Stores a refused request, as much of it as the organization's settings say, unless too many were stored within the
 * last minute: anybody on the network can send such requests, and must not fill the disk. Returns whether it is stored.
 */
export async function keepRefused(
  tx: Tx,
  sealer: Sealer,
  content: Settings['exchanges']['content'],
  refused: RefusedRequest,
): Promise<boolean> {
  if (content === 'none' || (await areTooMany(tx, refused))) return false;
  const kept = content === 'redacted' ? redactRefused(refused) : refused;
  const { id, requestXml, relayState, user } = kept;
  const xml = requestXml === null ? null : requestXml.slice(0, REQUEST_LIMITS.bytes);
  await tx
    .insertInto('refused_requests')
    .values({
      ...{ id, instance_id: kept.instanceId, application_id: kept.applicationId, sequence: kept.sequence },
      ...{ user_id: user?.id ?? null, user_name: user?.userName ?? null, initiated_by: kept.initiatedBy },
      // The message can quote the request, and PostgreSQL's text can't hold NUL.
      ...{ reason: kept.reason, message: excerpt(kept.message, 1000).replaceAll('\0', '\uFFFD') },
      ...{ findings: JSON.stringify(kept.findings), created_at: kept.at },
      messages: sealMessages(sealer, id, { requestXml: xml, relayState, responseXml: '' }),
    })
    .execute();
  return true;
}

async function areTooMany(tx: Tx, { instanceId, applicationId, sequence }: RefusedRequest): Promise<boolean> {
  const { application, instance } = REFUSED_LIMITS.perMinute;
  const recent = await tx
    .selectFrom('refused_requests')
    .select('application_id')
    .where('instance_id', '=', instanceId)
    .where('sequence', '>', sequence - MINUTE)
    .limit(instance)
    .execute();
  const ofApplication = recent.filter((row) => row.application_id === applicationId).length;
  return recent.length >= instance || ofApplication >= application;
}

/** A refused request without personal data, except the user's id, and without signatures. Pure. */
export function redactRefused(refused: RefusedRequest): RefusedRequest {
  const { user, requestXml, relayState } = refused;
  return {
    ...refused,
    user: user && { id: user.id, userName: REDACTED },
    requestXml: requestXml === null ? null : redactMessage(requestXml),
    relayState: relayState && REDACTED,
  };
}

/** The refused requests of an instance with these ids. */
export async function readRefused(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  ids: readonly string[],
): Promise<RefusedRequest[]> {
  if (ids.length === 0) return [];
  const rows = await queries
    .selectFrom('refused_requests')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', 'in', ids)
    .execute();
  return rows.map((row) => toRefused(sealer, row));
}

function toRefused(sealer: Sealer, row: Selectable<Tables['refused_requests']>): RefusedRequest {
  const { requestXml, relayState } = openMessages(sealer, row.id, row.messages);
  return {
    ...{ id: row.id, instanceId: row.instance_id, applicationId: row.application_id, sequence: row.sequence },
    user: row.user_id === null ? null : { id: row.user_id, userName: row.user_name ?? '' },
    ...{ initiatedBy: row.initiated_by, reason: row.reason, message: row.message, at: row.created_at },
    findings: JSON.parse(row.findings) as Finding[], // only keepRefused writes it
    ...{ requestXml, relayState },
  };
}

/** Deletes one refused request, or all of an application. Returns how many it deleted. */
export async function deleteRefused(
  tx: Tx,
  { instanceId, applicationId }: { instanceId: InstanceId; applicationId: ApplicationId },
  id?: string,
): Promise<number> {
  const all = tx
    .deleteFrom('refused_requests')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId);
  const { numDeletedRows } = await (id === undefined ? all : all.where('id', '=', id)).executeTakeFirst();
  return Number(numDeletedRows);
}

/** The applications of an instance that have more refused requests than are kept. */
export async function applicationsWithSurplus(
  queries: Queries,
  instanceId: InstanceId,
): Promise<ApplicationId[]> {
  const { rows, bytes } = REFUSED_LIMITS.application;
  const found = await queries
    .selectFrom('refused_requests')
    .select('application_id')
    .where('instance_id', '=', instanceId)
    .groupBy('application_id')
    .having(({ or, eb, fn }) => or([eb(fn.countAll(), '>', rows), eb(fn.sum('bytes'), '>', bytes)]))
    .execute();
  return found.map((row) => row.application_id);
}

/** Deletes an application's oldest refused requests beyond its bounds, or an instance's; returns how many. */
export async function trimRefused(
  tx: Tx,
  of: { instanceId: InstanceId; applicationId?: ApplicationId },
  batch: number,
): Promise<number> {
  const { instanceId, applicationId } = of;
  const { rows, bytes } = applicationId === undefined ? REFUSED_LIMITS.instance : REFUSED_LIMITS.application;
  const owned =
    applicationId === undefined
      ? sql<boolean>`instance_id = ${instanceId}`
      : sql<boolean>`instance_id = ${instanceId} and application_id = ${applicationId}`;
  const surplus = tx
    .selectFrom('refused_requests')
    .select(['instance_id', 'sequence', 'id'])
    .where(owned)
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .offset(rows)
    .limit(batch);
  const deleted = await deleteFound(tx, 'refused_requests', ['instance_id', 'sequence', 'id'], surplus);
  const sized = { table: 'refused_requests', of: owned, by: 'sequence' } as const;
  return deleted >= batch ? deleted : deleted + (await deleteBeyondBytes(tx, sized, bytes, batch));
}
