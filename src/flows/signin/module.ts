import { durationMs } from '../../foundation/platform/duration.ts';
import { trimSpentTokens } from '../../foundation/storage/spent-tokens.ts';
import type { FeatureModule } from '../visit/feature-module.ts';
import type { SignInNeeds } from './load-sign-in.ts';
import { mfaRoutes } from './mfa/routes.ts';
import { forgotPasswordRoutes } from './password/forgot-password-routes.tsx';
import { passwordLinkRoutes } from './password/password-link-routes.tsx';
import { registrationRoutes } from './registration/routes.ts';
import { signInRoutes } from './routes.ts';
import { signOutRoutes } from './sign-out.tsx';
import { trimThrottles } from './throttle-store.ts';

export const signInModule: FeatureModule<SignInNeeds> = {
  routes: (needs) => [
    signInRoutes(needs),
    mfaRoutes(needs),
    forgotPasswordRoutes(needs),
    passwordLinkRoutes(needs),
    registrationRoutes(needs),
    signOutRoutes(needs),
  ],
  trims: {
    instance: async ({ instance, times, trimAll }) => {
      const windowMs = durationMs(instance.settings.signIn.throttleWindow);
      await trimAll((tx, batch) => trimThrottles(tx, instance.id, times.policyAt - windowMs, batch));
      await trimAll((tx, batch) => trimSpentTokens(tx, instance.id, times.policyAt, batch));
    },
  },
};
