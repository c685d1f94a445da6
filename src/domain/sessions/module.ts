import type { DomainModule } from '../organizations/trims.ts';
import { eraseLastAnswers } from './last-answer-store.ts';
import { trimSessions } from './session-store.ts';
import { trimSignIns, trimSurplusSignIns } from './sign-in-store.ts';

/** How many sign-ins may be under way in an instance: far more than users sign in within a quarter of an hour. */
const MAX_SIGN_INS = 100_000;

export const sessionsModule: DomainModule = {
  trims: {
    instance: async ({ instance, times, trimAll }) => {
      await trimAll((tx, batch) => trimSignIns(tx, instance.id, times.policyAt, batch));
      await trimAll((tx, batch) => trimSurplusSignIns(tx, instance.id, MAX_SIGN_INS, batch));
      await trimAll((tx, batch) => trimSessions(tx, instance.id, times.policyAt, batch));
      await trimAll((tx, batch) => eraseLastAnswers(tx, instance.id, times.policyAt, batch));
    },
  },
};
