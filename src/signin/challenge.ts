import { verificationCodeMail } from '../mail/messages.tsx';
import type { Tx } from '../storage/database.ts';
import type { SignInNeeds, SignInState } from './flow.ts';
import { newMailCode } from './mail-code.ts';
import type { NextStep } from './next-step.ts';
import type { Challenged, Progress } from './sign-in.ts';
import { updateSignIn } from './store.ts';

/**
 * Challenges for the factor that comes next, once: the event is recorded, and a code by mail is written, in the transaction
 * and with the request of what led there, as in the guide's examples ("Example events for AWS SSO sign-in scenarios").
 * `anew` challenges again for the same factor: another code is sent.
 */
export async function challengeFor(
  needs: SignInNeeds,
  tx: Tx,
  { visit, signIn, user, next }: SignInState,
  { anew = false }: { anew?: boolean } = {},
): Promise<void> {
  const challenged = challengeOf(next);
  if (!user || challenged === undefined) return;
  if (challenged === signIn.progress.challenged && !anew) return;
  let progress: Progress = { ...signIn.progress, challenged };
  if (challenged === 'EMAIL_OTP') {
    const { code, kept } = newMailCode(needs, signIn.id, visit.times.policyAt);
    progress = { ...progress, mailCode: kept };
    const { organization } = visit.instance;
    const mail = verificationCodeMail(user.email, organization.name, code);
    await needs.postMail(tx, organization.id, mail, visit.times.policyAt);
  }
  if (!(await updateSignIn(tx, signIn, { progress }))) return;
  await needs.record(
    tx,
    visit.history,
    {
      name: 'CredentialChallenge',
      authWorkflowId: signIn.id,
      userName: user.userName,
      credentialType: challenged,
      outcome: 'Success',
    },
    visit.origin,
  );
}

function challengeOf(next: NextStep | { step: 'expired' }): Challenged | undefined {
  switch (next.step) {
    case 'challenge':
      return next.type;
    case 'resync':
      return 'RESYNC_TOTP';
    case 'email-code':
      return 'EMAIL_OTP';
    default:
      return undefined;
  }
}
