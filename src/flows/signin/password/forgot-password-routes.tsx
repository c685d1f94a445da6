import { z } from 'zod';
import { ForgotPasswordPage } from '../../../../views/signin/forgot-password.tsx';
import { ForgotPasswordSentPage } from '../../../../views/signin/forgot-password-sent.tsx';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import type { Visit } from '../../visit/visit.ts';
import { newCaptcha, type CaptchaKind } from './captcha.ts';
import type { SignInNeeds } from '../load-sign-in.ts';
import {
  giveMailTicket,
  readMailTicket,
  requireDemoMail,
  showDemoMail,
  showsDemoMail,
} from '../demo-mail.tsx';
import { waitingTime } from '../step-form.ts';
import { judgeCaptcha, mailResetLinkLater } from './forgot-password-step.ts';
import { csrfField as csrf } from '../../../foundation/http/fields.ts';

const params = z.object({ instance: z.string().max(64) });
/** Any other value means an image. */
const alternative = z
  .string()
  .max(64)
  .optional()
  .transform((value): CaptchaKind => (value === 'words' ? 'words' : 'image'));
const form = z.object({
  csrf,
  username: z.string().trim().max(1024).default(''),
  captcha: z.string().max(64).default(''),
  challenge: z.string().max(1024).default(''),
  alternative,
});

/** What the page shows again after a failed attempt. */
interface Shown {
  kind: CaptchaKind;
  username?: string;
  trouble?: { field: 'username' | 'captcha'; error: string };
  throttledSeconds?: number;
}

const WRONG: Record<CaptchaKind, string> = {
  image: 'The characters don’t match the image, or it has expired. Try the new image.',
  words: 'The answer is wrong, or the question has expired. Answer the new one.',
};

/**
 * The pages of "Forgot password?" (guide, "How to reset your password"). They never reveal whether a user
 * exists.
 */
export function forgotPasswordRoutes(needs: SignInNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/forgot-password',
      withCheckedInput(
        { params, query: z.object({ alternative }) },
        async (ctx, { params: { instance }, query }) => {
          await showForm(needs, ctx, await needs.visits.open(ctx, instance), { kind: query.alternative });
        },
      ),
    );

    router.post(
      '/:instance/forgot-password',
      withCheckedInput({ params, form }, async (ctx, { params: { instance }, form: given }) => {
        const visit = await needs.visits.open(ctx, instance);
        const browser = needs.visits.knownBrowser(ctx, visit);
        needs.csrf.check(ctx, browser?.secret, given.csrf);
        const { username, alternative: kind } = given;
        const again = (status: number, shown: Omit<Shown, 'kind'>) => {
          ctx.status = status;
          return showForm(needs, ctx, visit, { kind, username, ...shown });
        };
        if (username === '') {
          return again(400, { trouble: { field: 'username', error: 'Enter your username.' } });
        }
        const verdict = await judgeCaptcha(needs, visit, browser, given);
        switch (verdict.outcome) {
          case 'wrong':
            return again(400, { trouble: { field: 'captcha', error: WRONG[kind] } });
          case 'throttled':
            ctx.set('Retry-After', String(verdict.retryAfterSeconds));
            return again(429, { throttledSeconds: verdict.retryAfterSeconds });
          case 'right':
            await mailResetLinkLater(needs, visit, {
              userName: username,
              mailId: giveMailTicket(needs, ctx, visit),
            });
            return seeOther(ctx, `/${visit.reference}/forgot-password/sent`);
        }
      }),
    );

    router.get(
      '/:instance/forgot-password/sent',
      withCheckedInput({ params }, async (ctx, { params: { instance } }) => {
        const visit = await needs.visits.open(ctx, instance);
        const startHref = `/${visit.reference}/start`;
        // By the ticket, which every name gets: the page doesn't tell who exists.
        const hasTicket = showsDemoMail(needs, ctx, visit) && readMailTicket(needs, ctx, visit) !== undefined;
        const mailHref = hasTicket ? `/${visit.reference}/forgot-password/email` : undefined;
        needs.show(ctx, visit, (page) => <ForgotPasswordSentPage {...{ page, startHref, mailHref }} />);
      }),
    );

    router.get(
      '/:instance/forgot-password/email',
      withCheckedInput({ params }, async (ctx, { params: { instance } }) => {
        const visit = await needs.visits.open(ctx, instance);
        requireDemoMail(needs, ctx, visit);
        const back = { label: 'Back to sign in', href: `/${visit.reference}/start` };
        await showDemoMail(needs, ctx, visit, readMailTicket(needs, ctx, visit), back);
      }),
    );
  };
}

async function showForm(
  needs: SignInNeeds,
  ctx: Ctx,
  visit: Visit,
  { kind, username, trouble, throttledSeconds }: Shown,
): Promise<void> {
  const browser = needs.visits.browser(ctx, visit);
  const place = { instanceId: visit.instance.id, browserId: browser.id };
  const { sealed, question } = await newCaptcha(needs, place, kind, visit.times.policyAt);
  const throttled =
    throttledSeconds === undefined ? undefined : { retryAfterText: waitingTime(throttledSeconds) };
  const action = `/${visit.reference}/forgot-password`;
  const startHref = `/${visit.reference}/start`;
  needs.show(ctx, visit, (page) => (
    <ForgotPasswordPage
      {...{ page, action, startHref, username, question, trouble, throttled }}
      csrf={needs.csrf.token(browser.secret)}
      challenge={sealed}
    />
  ));
}
