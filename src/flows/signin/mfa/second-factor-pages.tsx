import { ChangePasswordPage } from '../../../../views/signin/change-password.tsx';
import { EmailCodePage } from '../../../../views/signin/email-code.tsx';
import { MFA_VIEWS, viewOf } from '../../../../views/mfa/views.ts';
import { PASSWORD_RULES } from '../../../domain/credentials/passwords/password-policy.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { maskedAddress } from './email-code.ts';
import type { NextStep } from '../next-step.ts';
import type { StepPage, StepProps } from '../step-page.ts';
import { choosable } from './choose-step.ts';
import { whyAnotherCode } from './email-code-step.ts';
import { showDevice } from './device-step.ts';
import { offersTrust } from './trust.ts';

type Asking = Extract<NextStep, { step: 'challenge' | 'resync' | 'email-code' | 'change-password' }>;

/** The pages of the steps after the password. */
export async function secondFactorPage(
  needs: SignInNeeds,
  state: SignInState & { next: Asking },
  { path, csrf, username, applicationName, mailHref, trouble }: StepProps,
): Promise<StepPage> {
  const { next, user } = state;
  if (!user) throw new Error('A step after the password needs a user.');
  const { trustDevice = false, faults = [], ...wrong } = trouble;
  const change = { kind: 'form', action: `${path}/restart` } as const;
  const common = { csrf, username, change, applicationName, ...wrong };
  const factor = {
    ...common,
    trust: offersTrust(state) ? { checked: trustDevice } : undefined,
    others: { action: `${path}/choose`, types: choosable(state) },
  };
  switch (next.step) {
    case 'challenge': {
      const action = `${path}/challenge`;
      const challenge = await showDevice(needs, state, user, next.type);
      const { Challenge } = viewOf(challenge);
      return { page: (page) => <Challenge {...{ page, action, challenge, ...factor }} /> };
    }
    case 'resync': {
      const { Resync } = MFA_VIEWS[next.type];
      if (!Resync) throw new Error(`A device of the type ${next.type} can’t be resynchronized.`);
      return { page: (page) => <Resync {...{ page, ...factor }} action={`${path}/resync`} /> };
    }
    case 'email-code': {
      const address = maskedAddress(user.email);
      const over = whyAnotherCode(state);
      return {
        page: (page) => (
          <EmailCodePage
            {...{ page, address, over, mailHref, ...factor }}
            action={`${path}/email-code`}
            sendAction={`${path}/email-code/send`}
          />
        ),
      };
    }
    case 'change-password':
      return {
        page: (page) => (
          <ChangePasswordPage
            {...{ page, faults, ...common }}
            rules={PASSWORD_RULES}
            action={`${path}/change-password`}
          />
        ),
      };
    default:
      return unreachable(next);
  }
}
