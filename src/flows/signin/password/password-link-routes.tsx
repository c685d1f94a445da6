import { z } from 'zod';
import { PasswordChangedPage } from '../../../../views/signin/password-changed.tsx';
import { PasswordLinkPage } from '../../../../views/signin/password-link.tsx';
import { PasswordLinkEndedPage } from '../../../../views/signin/password-link-ended.tsx';
import { findLink, type LinkPurpose } from '../../../domain/credentials/passwords/link-store.ts';
import { PASSWORD_RULES } from '../../../domain/credentials/passwords/password-policy.ts';
import { linkPath } from '../../../domain/credentials/passwords/send-password-link.ts';
import { findUser } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import type { Visit } from '../../visit/visit.ts';
import type { SignInNeeds } from '../load-sign-in.ts';
import { continueSignIn, waitingTime } from '../step-form.ts';
import { setPasswordByLink, tooManyGuesses } from './password-link-step.ts';
import { csrfField as csrf } from '../../../foundation/http/fields.ts';

const params = z.object({ instance: z.string().max(64), token: z.string().max(64) });
const newPassword = z.string().max(1024).default('');
const form = z.object({ csrf, newPassword, confirmPassword: newPassword });

/** An opened link, and its user if it is valid. */
interface Opened {
  visit: Visit;
  purpose: LinkPurpose;
  token: string;
  user: User | undefined;
}

/**
 * The forms to which mailed links lead, which set a password (guide, "How to accept the invitation to join
 * AWS SSO" and "How to reset your password"). GET doesn't use a link, because mail scanners open links before
 * users do.
 */
export function passwordLinkRoutes(needs: SignInNeeds): Mount {
  return (router) => {
    for (const purpose of ['invitation', 'reset'] as const) {
      const path = linkPath(':instance', purpose, ':token');

      router.get(
        path,
        withCheckedInput({ params }, async (ctx, { params: { instance, token } }) => {
          const opened = await open(needs, ctx, instance, purpose, token);
          if (opened.user?.enabled) showForm(needs, ctx, { ...opened, user: opened.user });
          else showEnded(needs, ctx, opened);
        }),
      );

      router.post(
        path,
        withCheckedInput({ params, form }, async (ctx, { params: { instance, token }, form: given }) => {
          const opened = await open(needs, ctx, instance, purpose, token);
          const browser = needs.visits.knownBrowser(ctx, opened.visit);
          needs.csrf.check(ctx, browser?.secret, given.csrf);
          const { visit, user } = opened;
          if (!browser || !user) {
            // Attempts are limited, although nobody can guess a token of 256 bits.
            await tooManyGuesses(needs, visit);
            return showEnded(needs, ctx, opened);
          }
          if (!user.enabled) return showEnded(needs, ctx, opened);
          const replaces = (await needs.sessions.current(ctx, visit))?.session.id;
          const result = await setPasswordByLink(needs, { ...opened, browser, user, replaces }, given);
          switch (result.outcome) {
            case 'refused':
              ctx.status = 400;
              return showForm(needs, ctx, { ...opened, user }, { faults: result.faults });
            case 'throttled':
              ctx.status = 429;
              ctx.set('Retry-After', String(result.retryAfterSeconds));
              return showForm(
                needs,
                ctx,
                { ...opened, user },
                { throttledSeconds: result.retryAfterSeconds },
              );
            case 'over':
              return showEnded(needs, ctx, { ...opened, user: undefined });
            case 'changed':
              return seeOther(ctx, `/${visit.reference}/password-changed`);
            case 'signed-in':
              return continueSignIn(needs, ctx, result.state, result.completed);
          }
        }),
      );
    }

    router.get(
      '/:instance/password-changed',
      withCheckedInput({ params: params.pick({ instance: true }) }, async (ctx, { params: { instance } }) => {
        const visit = await needs.visits.open(ctx, instance);
        const startHref = `/${visit.reference}/start`;
        needs.show(ctx, visit, (page) => <PasswordChangedPage {...{ page, startHref }} />);
      }),
    );
  };
}

async function open(
  needs: SignInNeeds,
  ctx: Ctx,
  reference: string,
  purpose: LinkPurpose,
  token: string,
): Promise<Opened> {
  // The address contains the secret token, which must not leak to other sites in the Referer header.
  ctx.set('Referrer-Policy', 'no-referrer');
  const visit = await needs.visits.open(ctx, reference);
  const { instance, times } = visit;
  const userId = await findLink(needs.db.read, instance.id, purpose, token, times.policyAt);
  const user = userId && (await findUser(needs.db.read, instance.id, userId));
  return { visit, purpose, token, user };
}

function showForm(
  needs: SignInNeeds,
  ctx: Ctx,
  { visit, purpose, token, user }: Opened & { user: User },
  { faults = [], throttledSeconds }: { faults?: readonly string[]; throttledSeconds?: number } = {},
): void {
  const formToken = needs.csrf.token(needs.visits.browser(ctx, visit).secret);
  const action = linkPath(visit.reference, purpose, token);
  const throttled =
    throttledSeconds === undefined ? undefined : { retryAfterText: waitingTime(throttledSeconds) };
  needs.show(ctx, visit, (page) => (
    <PasswordLinkPage
      {...{ page, purpose, action, faults, throttled }}
      csrf={formToken}
      username={user.userName}
      rules={PASSWORD_RULES}
    />
  ));
}

function showEnded(needs: SignInNeeds, ctx: Ctx, { visit, purpose, user }: Opened): void {
  ctx.status = user ? 403 : 410;
  const reason = user ? 'disabled' : purpose;
  const startHref = `/${visit.reference}/start`;
  const forgotHref = `/${visit.reference}/forgot-password`;
  needs.show(ctx, visit, (page) => <PasswordLinkEndedPage {...{ page, reason, startHref, forgotHref }} />);
}
