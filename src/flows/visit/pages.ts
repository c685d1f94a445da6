import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';
import { durationWords } from '../../../views/words.ts';
import type { Assets } from '../../foundation/http/assets.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Csrf } from '../../foundation/http/csrf.ts';
import { renderPage } from '../../foundation/http/render.ts';
import { sendPage, type PagePolicy } from '../../foundation/http/security-headers.ts';
import type { Organization } from '../../domain/organizations/organization.ts';
import { lookOf } from './look.ts';
import { HtmlPieces } from './large-page.ts';
import { Html } from './prepared-page.ts';
import type { Visit, Visits } from './visit.ts';

/** Renders a page with the context that all pages need, and sends it with its content security policy. */
export type ShowPage = (
  ctx: Ctx,
  visit: Visit | undefined,
  page: (context: PageContext) => VNode | Html | HtmlPieces,
  policy?: PagePolicy,
) => void;

/** For the form of the simulated address, which every page can contain. */
export interface FormNeeds {
  csrf: Csrf;
  visits: Visits;
}

export function createShowPage(assets: Assets, forms?: FormNeeds): ShowPage {
  return (ctx, visit, page, policy) => {
    const context: PageContext = {
      nonce: ctx.state.nonce,
      assets: assets.url,
      ...(visit && lookOf(visit)),
      clockBanner: visit && clockBanner(visit),
      address: visit && forms && addressOf(forms, ctx, visit),
    };
    const shown = page(context);
    sendPage(ctx, htmlOf(shown), policy);
  };
}

function htmlOf(shown: VNode | Html | HtmlPieces): string | readonly Buffer[] {
  if (shown instanceof HtmlPieces) return shown.pieces;
  return shown instanceof Html ? shown.text : renderPage(shown);
}

/** The form with which a visitor chooses an address, if the settings allow it. */
function addressOf({ csrf, visits }: FormNeeds, ctx: Ctx, visit: Visit): PageContext['address'] {
  if (!visit.instance.settings.signIn.simulatedAddress) return undefined;
  // A browser without our cookie is on its first page. Its form couldn't be protected against CSRF yet.
  const browser = visits.knownBrowser(ctx, visit);
  if (!browser) return undefined;
  const [, signIn] = /^\/[^/]+\/signin\/([0-9a-f-]{36})(?:\/|$)/.exec(ctx.path) ?? [];
  return addressControl(visit, csrf.token(browser.secret), signIn);
}

/** The props of the form for a simulated address. */
export function addressControl(
  { reference, origin, realIp }: Visit,
  csrf: string,
  signIn: string | undefined,
): NonNullable<PageContext['address']> {
  return { action: `/${reference}/address`, csrf, signIn, address: origin.ip, realAddress: realIp };
}

function clockBanner({ instance, times }: Visit): PageContext['clockBanner'] {
  const { clock } = instance.organization;
  if (clock.offsetMs === 0 && clock.frozenAt === null) return undefined;
  return { now: new Date(times.policyAt).toUTCString(), offsetText: offsetText(clock) };
}

/** How a clock differs from real time, such as `9 hours ahead` or `frozen`. */
export function offsetText({ offsetMs, frozenAt }: Organization['clock']): string {
  if (frozenAt !== null) return 'frozen';
  return `${durationWords(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead' : 'behind'}`;
}
