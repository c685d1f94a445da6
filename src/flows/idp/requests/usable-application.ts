import { AppError } from '../../../foundation/platform/errors.ts';
import type { ApplicationVisit, IdpNeeds } from '../application-visit.ts';
import { recordRefusal, type RefusedSignOn } from './record-refusal.ts';

/** Refuses sign-ons at a disabled application. Records the refusal and throws an AppError for the user. */
export async function assertUsable(
  needs: IdpNeeds,
  applicationVisit: ApplicationVisit,
  request: RefusedSignOn['request'],
): Promise<void> {
  const { enabled, displayName } = applicationVisit.application;
  if (enabled) return;
  const message = `${displayName} is disabled. Ask your administrator to enable it.`;
  await recordRefusal(needs, applicationVisit, { reason: 'application-disabled', message, request });
  throw new AppError('AccessDeniedException', message);
}
