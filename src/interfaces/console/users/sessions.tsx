import { z } from 'zod';
import { UserSessionsPage } from '../../../../views/console/users/user-sessions.tsx';
import { describeBrowser } from '../../../domain/sessions/browser-family.ts';
import { deleteSession, deleteSessions } from '../../../domain/sessions/session-commands.ts';
import { listSessions } from '../../../domain/sessions/session-store.ts';
import {
  removeTrustedDevice,
  removeTrustedDevices,
} from '../../../domain/sessions/trusted-device-commands.ts';
import { listTrustedDevices } from '../../../domain/sessions/trusted-device-store.ts';
import { factorNames } from '../../../flows/visit/factor-names.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import type { SessionId, TrustedDeviceId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { nextHref, ROWS } from '../frame/list-query.ts';
import { openUser, tabOf, USER_PATH, userParams } from './opened-user.ts';

const query = doneQuery.extend({ cursor: z.string().max(2000).optional() });
const form = z.object({ csrf: csrfField });
const sessionParams = userParams.extend({ session: idField<SessionId>() });
const deviceParams = userParams.extend({ device: idField<TrustedDeviceId>() });

const DONE: Readonly<Record<string, string>> = {
  ended: 'The session was ended.',
  'all-ended': 'All sessions were ended.',
  forgotten: 'The trusted device was forgotten.',
  'all-forgotten': 'All trusted devices were forgotten.',
};

/** The sessions of a user and the browsers that the user trusts, each to be ended at once. */
export function userSessionRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      `${USER_PATH}/sessions`,
      consolePage(
        needs,
        { params: userParams, query },
        async (ctx, console, { params, query: { cursor, done = '' } }) => {
          const { read } = needs.db;
          const { instance, times } = console;
          const user = await openUser(needs, console, params.user);
          const page = { limit: ROWS, cursor };
          const listed = await listSessions(read, instance.id, user.id, page, times.policyAt);
          const sessions = listed.items.map(({ id, ip, userAgent, factors, authenticatedAt, expiresAt }) => ({
            ...{ id, ip, browser: describeBrowser(userAgent) },
            factors: factorNames(factors.map(({ type }) => type)),
            ...{ signedIn: whenOf(authenticatedAt), expires: whenOf(expiresAt) },
          }));
          const devices = await listTrustedDevices(read, instance.id, user.id);
          const trusted = devices.map(({ id, ip, userAgent, trustedAt }) => ({
            ...{ id, ip, browser: describeBrowser(userAgent), since: whenOf(trustedAt) },
          }));
          const tab = tabOf(console, user, 'Sessions');
          const text = doneText(DONE, done);
          needs.show(ctx, console.visit, (shown) => (
            <UserSessionsPage
              {...{ page: shown, ...tab, sessions, trusted }}
              olderHref={nextHref(tab.currentHref, {}, listed.cursor)}
              done={text === undefined ? undefined : { text }}
            />
          ));
        },
      ),
    );

    router.post(
      `${USER_PATH}/sessions/end`,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params: { user } }) => {
        await console.run((work) => deleteSessions(work, console.instance, user));
        goTo(ctx, console, `/users/${user}/sessions?done=all-ended`);
      }),
    );

    router.post(
      `${USER_PATH}/sessions/:session/end`,
      consoleForm(
        needs,
        { params: sessionParams, form },
        async (ctx, console, { params: { user, session } }) => {
          await console.run((work) => deleteSession(work, console.instance, user, session));
          goTo(ctx, console, `/users/${user}/sessions?done=ended`);
        },
      ),
    );

    router.post(
      `${USER_PATH}/trusted-devices/forget`,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params: { user } }) => {
        await console.run((work) => removeTrustedDevices(work, console.instance, user));
        goTo(ctx, console, `/users/${user}/sessions?done=all-forgotten`);
      }),
    );

    router.post(
      `${USER_PATH}/trusted-devices/:device/forget`,
      consoleForm(
        needs,
        { params: deviceParams, form },
        async (ctx, console, { params: { user, device } }) => {
          await console.run((work) => removeTrustedDevice(work, console.instance, user, device));
          goTo(ctx, console, `/users/${user}/sessions?done=forgotten`);
        },
      ),
    );
  };
}
