import { z } from 'zod';
import {
  eventsOfSignIn,
  requireShownSignIn,
  listSignIns,
  presentSignIn,
} from '../../../../administration/operations/sign-ins.ts';
import { asId, type SignInId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { filter, instant, listOf, organizationParams, pageQuery, reference } from '../../contract/schemas.ts';
import { eventView } from './events.ts';

const signInFields = {
  id: z.string().describe('As `AuthWorkflowID` in its events. Nobody can go on with a sign-in by it.'),
  state: z.enum(['under-way', 'signed-in', 'refused', 'expired']),
  step: z
    .string()
    .nullable()
    .describe('What it waits for, such as `password` or `challenge`; null when it has ended.'),
  user: z
    .strictObject({ id: z.string(), userName: z.string() })
    .nullable()
    .describe('Null until a user name is given, and if no user has it.'),
  isNameUnknown: z.boolean().describe('Whether a user name was given that no user has.'),
  done: z
    .array(z.strictObject({ fact: z.string(), at: instant.nullable() }))
    .describe('What it has so far, such as `PASSWORD`, in order.'),
  failures: z.int().min(0).describe('Wrong passwords and codes.'),
  startedAt: instant,
  since: instant.describe('When it got as far as it is.'),
  expiresAt: instant,
  endedAt: instant.nullable(),
  browser: z.string().describe('Such as `Chrome on Windows`.'),
  ip: z.string(),
  leadsTo: z.strictObject({
    kind: z.string().describe('Such as `portal`, or `saml` for the request of a service provider.'),
    application: z.strictObject({ id: z.string(), displayName: z.string() }).nullable(),
  }),
};

const signInView = z.strictObject(signInFields).meta({ id: 'SignIn' });
const signInWithEventsView = z
  .strictObject({ ...signInFields, events: z.array(eventView).describe('Its events, the oldest first.') })
  .meta({ id: 'SignInWithEvents' });

/** The operations on sign-ins under way. */
export function signInRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'listSignIns',
      method: 'GET',
      path: '/organizations/:organization/sign-ins',
      summary: 'Lists the sign-ins that are under way or ended a short time ago, newest first.',
      params: organizationParams,
      query: pageQuery.extend({ userName: filter.describe('Only those of the user with this name.') }),
      status: 200,
      returns: listOf(signInView),
      async respond(caller, { params, query }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { items, cursor } = await listSignIns(needs, opened, query, query);
        return { items: items.map(presentSignIn), cursor };
      },
    }),
    route({
      id: 'getSignIn',
      method: 'GET',
      path: '/organizations/:organization/sign-ins/:signIn',
      summary:
        'Shows a sign-in with its events. It is deleted a quarter of an hour after it began; its events stay.',
      params: organizationParams.extend({
        signIn: reference.transform(asId<SignInId>).describe('The sign-in’s id.'),
      }),
      status: 200,
      returns: signInWithEventsView,
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        const signIn = await requireShownSignIn(needs, opened, params.signIn);
        const events = await eventsOfSignIn(needs, opened, signIn.id);
        return { ...presentSignIn(signIn), events: events.map((record) => ({ ...record })) };
      },
    }),
  ];
}
