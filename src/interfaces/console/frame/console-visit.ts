import type { ConsoleFrame } from '../../../../views/console/instance-layout.tsx';
import type { OpenedInstance, OperationNeeds } from '../../../administration/operations/open-organization.ts';
import { displayNameOf } from '../../../domain/organizations/organization.ts';
import type { ApplyOrganizationFile } from '../../../administration/organization-file/apply/apply.ts';
import type { SessionCookie } from '../../../flows/visit/session-cookie.ts';
import type { Visit, Visits } from '../../../flows/visit/visit.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import type { OperatorNeeds } from '../operators/operator.ts';
import { apiCallsOf } from './api-links.ts';
import { consolePath } from './console-path.ts';
import { findPerson, type Person } from './person.ts';

/* What all pages of an instance's console share: who works in it, and for which instance. */

export interface ConsoleNeeds extends OperatorNeeds, OperationNeeds {
  visits: Visits;
  sessions: SessionCookie;
  applyOrganizationFile: ApplyOrganizationFile;
  /** Whether a mail server sends mail. Otherwise it is only kept. */
  sendsMail: boolean;
  startSignIn(ctx: Ctx, visit: Visit, continuation: { kind: string; ref: string }): Promise<string>;
}

/** One request to the console of an instance. Operations take it as the instance that they work on. */
export interface ConsoleVisit extends OpenedInstance {
  readonly visit: Visit;
  /** The path of the console; all of its pages are below it. */
  readonly homeHref: string;
  /** The CSRF token for its forms. */
  readonly csrf: string;
  /** Whether the person may change something, for pages that leave out what would be refused. */
  readonly mayChange: boolean;
  /** Whether it is an operator, who may also do what costs or belongs to the whole server. */
  readonly isOperator: boolean;
  readonly frame: ConsoleFrame;
  /** When the session of a user ends, by the organization's clock; absent for an operator. */
  readonly sessionEndsAt: Instant | undefined;
}

/** A person who was found to have access, with what proves that a form comes from a page of this person. */
export interface OpenedConsole {
  readonly console: ConsoleVisit;
  readonly formSecret: string;
}

/**
 * Opens the console for whoever asks. Undefined when nobody is signed in; throws AccessDeniedException for a user
 * without access to it.
 */
export async function openConsole(
  needs: ConsoleNeeds,
  ctx: Ctx,
  visit: Visit,
): Promise<OpenedConsole | undefined> {
  const person = await findPerson(needs, ctx, visit);
  if (!person) return undefined;
  // Whoever looks finds what earlier requests led to, such as their mail.
  await needs.deferred.settle();
  return { console: consoleVisit(needs, ctx, visit, person), formSecret: person.formSecret };
}

function consoleVisit(needs: ConsoleNeeds, ctx: Ctx, visit: Visit, person: Person): ConsoleVisit {
  const { instance, times, history } = visit;
  const { organization } = instance;
  const { actor, sessionEndsAt } = person;
  const context = { ...visit.origin, actor };
  const csrf = needs.csrf.token(person.formSecret);
  const mayChange = actor.type === 'operator' || actor.access === 'full';
  const homeHref = consolePath(visit);
  return {
    ...{ visit, instance, times, history, context, csrf, mayChange, homeHref, sessionEndsAt },
    organization,
    isOperator: actor.type === 'operator',
    run: (body) => needs.commands.run(context, history, body),
    frame: {
      ...{ of: displayNameOf(instance), homeHref, mayChange, person: { ...person.shown, csrf } },
      apiCalls: apiCallsOf(ctx, organization.id),
      clock: { version: organization.version, isFrozen: organization.clock.frozenAt !== null },
    },
  };
}
