import { z } from 'zod';
import { ConsoleLinkEndedPage } from '../../../../views/console/link-ended.tsx';
import { ConsoleLinkPage } from '../../../../views/console/link.tsx';
import { ConsoleSignInPage } from '../../../../views/console/sign-in.tsx';
import { durationWords } from '../../../../views/words.ts';
import { giveBackAttempt, takeAttempt } from '../../../domain/operators/attempt-store.ts';
import {
  consoleLinkPath,
  isConsoleLinkOpen,
  useConsoleLink,
} from '../../../domain/operators/console-link.ts';
import { openSession } from '../../../domain/operators/session.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import { isFromElsewhere } from '../../../foundation/http/csrf.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { MINUTE_MS, SECOND_MS } from '../../../foundation/platform/clock.ts';
import {
  checkForm,
  enter,
  findOperator,
  ORGANIZATIONS_PATH,
  SIGN_IN_PATH,
  SIGN_OUT_PATH,
  signOut,
  type OperatorNeeds,
} from './operator.ts';
import { giveBrowser, readBrowser } from './operator-cookies.ts';

const params = z.object({ link: z.string().max(64) });
const form = z.object({ csrf: csrfField });
const tokenForm = form.extend({ token: z.string().max(1000).default('') });

/** What was wrong with the last token. */
interface Trouble {
  readonly error?: string;
  readonly throttled?: { readonly retryAfterText: string };
}

/** How an operator gets in, by a link or by the API token, and out. */
export function signInRoutes(needs: OperatorNeeds): Mount {
  return (router) => {
    router.get(SIGN_IN_PATH, async (ctx) => {
      if (await findOperator(needs, ctx)) {
        ctx.redirect(ORGANIZATIONS_PATH);
        return;
      }
      showSignIn(needs, ctx);
    });

    router.post(
      SIGN_IN_PATH,
      withCheckedInput({ form: tokenForm }, async (ctx, { form: { csrf, token } }) => {
        needs.csrf.check(ctx, readBrowser(ctx), csrf);
        await signInByToken(needs, ctx, token.trim());
      }),
    );

    // GET doesn't use the link up: chats and mail programs open links to preview them.
    router.get(
      consoleLinkPath(':link'),
      withCheckedInput({ params }, async (ctx, { params: { link } }) => {
        if (!(await isConsoleLinkOpen(needs.db.read, link, needs.clock.now()))) return showEnded(needs, ctx);
        const csrf = formToken(needs, ctx);
        needs.show(ctx, undefined, (page) => (
          <ConsoleLinkPage page={page} csrf={csrf} action={consoleLinkPath(link)} />
        ));
      }),
    );

    router.post(
      consoleLinkPath(':link'),
      withCheckedInput({ params, form }, async (ctx, { params: { link }, form: { csrf } }) => {
        needs.csrf.check(ctx, readBrowser(ctx), csrf);
        const given = { token: link, at: needs.clock.now() };
        const handle = await needs.db.transaction((tx) => useConsoleLink(tx, needs.ids, given));
        if (handle === undefined) return showEnded(needs, ctx);
        await enter(needs, ctx, handle);
      }),
    );

    router.post(
      SIGN_OUT_PATH,
      withCheckedInput({ form }, async (ctx, { form: { csrf } }) => {
        checkForm(needs, ctx, csrf);
        await signOut(needs, ctx);
      }),
    );
  };
}

async function signInByToken(needs: OperatorNeeds, ctx: Ctx, token: string): Promise<void> {
  const { db, ids, clock } = needs;
  const { ip } = ctx.state;
  const verdict = await db.transaction((tx) => takeAttempt(tx, ip, clock.now()));
  if (!verdict.ok) {
    const { retryAfterSeconds } = verdict;
    ctx.status = 429;
    ctx.set('Retry-After', String(retryAfterSeconds));
    const minutes = Math.ceil((retryAfterSeconds * SECOND_MS) / MINUTE_MS);
    showSignIn(needs, ctx, { throttled: { retryAfterText: durationWords(minutes * MINUTE_MS) } });
    return;
  }
  if (!(await needs.verifyToken(token))) {
    ctx.status = 400;
    showSignIn(needs, ctx, { error: 'This is not the API token of this server.' });
    return;
  }
  const handle = await db.transaction(async (tx) => {
    await giveBackAttempt(tx, ip);
    return openSession(tx, ids, { openedBy: 'api-token', at: clock.now() });
  });
  await enter(needs, ctx, handle, token);
}

/** The CSRF token for a form that opens a session. */
function formToken(needs: OperatorNeeds, ctx: Ctx): string {
  const known = readBrowser(ctx);
  if (known !== undefined) return needs.csrf.token(known);
  const secret = needs.ids.token();
  giveBrowser(ctx, secret);
  return needs.csrf.token(secret);
}

function showSignIn(needs: OperatorNeeds, ctx: Ctx, trouble: Trouble = {}): void {
  const csrf = formToken(needs, ctx);
  // From another site the browser sends no cookie of ours, so its session can't be seen here.
  const consoleHref = isFromElsewhere(ctx) ? ORGANIZATIONS_PATH : undefined;
  needs.show(ctx, undefined, (page) => (
    <ConsoleSignInPage {...{ page, csrf, consoleHref, trouble }} action={SIGN_IN_PATH} />
  ));
}

function showEnded(needs: OperatorNeeds, ctx: Ctx): void {
  ctx.status = 410;
  needs.show(ctx, undefined, (page) => <ConsoleLinkEndedPage page={page} signInHref={SIGN_IN_PATH} />);
}
