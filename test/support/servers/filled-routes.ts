import assert from 'node:assert/strict';
import { insertClassroom } from '../../../src/administration/classroom/store.ts';
import { newClassroomId, randomIds } from '../../../src/foundation/platform/ids.ts';
import { control, linkTo } from '../mail/mailbox.ts';
import { png } from '../pages/pictures.ts';
import { targetOf } from '../saml/single-sign-on.ts';
import { consoleLink, enterConsole } from './console.ts';
import type { EveryRoute } from './every-route.ts';

/** Every page of an instance's console leads a stranger to sign in. */
export const isOfConsole = (path: string): boolean => /^\/:instance\/console(\/|$)/.test(path);

/**
 * Creates something for every parameter of a path, and opens the console as an operator in the signed-in browser. The
 * result fills a path with these names, so that a request reaches what the path shows or changes. The parameters of new
 * routes must be added here.
 */
export async function fillEverything({
  server,
  browser,
  fill,
}: EveryRoute): Promise<(path: string) => string> {
  const { users, groups, mfaDevices } = server.organization;
  const { id: device } = await mfaDevices.add('ana@example.com', {
    totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  });
  await users.resetPassword('bo@example.com', { sendLink: true });
  const names = { givenName: 'Eve', familyName: 'Evans', displayName: 'Eve Evans' };
  const eve = await users.create({ userName: 'eve', email: 'eve@example.com', ...names, invite: true });
  await users.setConsoleAccess(eve, 'read-only');
  const [user, [group]] = [await users.get('ana@example.com'), await groups.list()];
  const wiki = await targetOf(server, 'wiki');
  const startUrl = { startUrl: 'https://wiki.example.com/start' };
  assert.equal((await control(server, 'PATCH', '/applications/wiki', startUrl)).status, 200);
  await control(server, 'POST', '/applications/wiki/certificates', {});
  const rehearsal = await control(server, 'POST', '/applications/wiki/certificates/rehearsal', {});
  const { body: mailbox } = await control(server, 'GET', '/mailbox');
  const { body: certificates } = await control(server, 'GET', '/applications/wiki/certificates');
  const imported = await control(server, 'POST', '/imports', { groups: [], users: [] });
  const idOf = (list: Record<string, unknown>) => (list['items'] as { id: string }[])[0]?.id; // the API's lists
  const asked = await browser.get(wiki.redirect(wiki.request()));
  await browser.get(asked.location ?? '');
  const { body: exchanges } = await control(server, 'GET', '/applications/wiki/exchanges');
  const { body: sessions } = await control(server, 'GET', `/users/${user?.id}/sessions`);
  const sent = await browser.get(wiki.redirect(wiki.request({ attributes: 'ForceAuthn="true"' })));
  assert.equal((await browser.get(sent.location ?? '')).status, 302, 'the browser claims the request');
  const [event] = await server.organization.events();
  await server.organization.logo.set(png(30, 20));
  const [, logo] =
    /<img class="v-logo" src="([^"]+)"/.exec((await server.browser().get('/demo/forgot-password')).body) ??
    [];
  const last = (address: unknown) => String(address).split('/').at(-1) ?? '';
  await enterConsole(server, browser);
  const classroom = await fillClassroom(server);
  const values: Record<string, string | undefined> = {
    link: last(await consoleLink(server)),
    ...{ device, user: user?.id, group: group?.id, mail: idOf(mailbox), certificate: idOf(certificates) },
    ...{
      exchange: idOf(exchanges),
      session: idOf(sessions),
      type: 'user',
      ...{ classroom, student: '1' },
      grantee: eve.id,
      event: event?.eventID,
    },
    ...{
      import: String(imported.body['id']),
      entry: 'github',
      operation: 'createGroup',
      file: last(logo),
      pending: last(sent.location),
    },
    '/:instance/reset-password/:token': last(await linkTo(server, 'bo@example.com')),
    '/:instance/invitation/:token': last(await linkTo(server, 'eve@example.com')),
    '/:instance/saml/rehearsal/:token': last(rehearsal.body['url']),
  };
  return (path) =>
    fill(
      path.replace(/:(\w+)/g, (parameter, name: string) =>
        values[path] && name === 'token' ? values[path] : (values[name] ?? parameter),
      ),
    );
}

/** Makes a class of one, whose organization is the default one. */
async function fillClassroom({ db, sealer, clock, instance }: EveryRoute['server']): Promise<string> {
  const id = newClassroomId(randomIds);
  const student = {
    ...{ number: 1, name: 'Ada Lovelace', email: 'ada@example.com', userName: 'ada', alias: 'ada-lovelace' },
    ...{ organizationId: instance.organization.id, directoryId: instance.directoryId },
  };
  const template =
    'version: 1\norganization: {name: T, managementAccountId: "111122223333"}\ninstance: {region: us-east-1}\n';
  const made = { id, name: 'SAML 101', template, at: clock.now() };
  await db.transaction((tx) => insertClassroom(tx, sealer, made, [student]));
  return id;
}
