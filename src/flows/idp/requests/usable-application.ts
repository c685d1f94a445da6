import { AppError } from '../../../foundation/platform/errors.ts';
import type { ApplicationVisit, IdpNeeds } from '../application-visit.ts';
import { recordRefusal } from './record-refusal.ts';

/** A disabled application answers nobody. Throws an AppError for the person, after recording it. */
export async function assertUsable(needs: IdpNeeds, applicationVisit: ApplicationVisit): Promise<void> {
  const { enabled, displayName } = applicationVisit.application;
  if (enabled) return;
  const message = `${displayName} is disabled. Ask your administrator to enable it.`;
  await recordRefusal(needs, applicationVisit, 'application-disabled', message);
  throw new AppError('AccessDeniedException', message);
}
