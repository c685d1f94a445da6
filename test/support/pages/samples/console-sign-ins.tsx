import { SignInPage } from '../../../../views/console/sign-ins/detail.tsx';
import { SignInsPage, type ListedSignIn } from '../../../../views/console/sign-ins/list.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import { asId, type ApplicationId } from '../../../../src/foundation/platform/ids.ts';
import type { PageSamples } from '../page-sample.ts';
import { listedEvents } from './console-events.tsx';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const application = { id: asId<ApplicationId>('a-1'), displayName: 'Wiki' };
const begun: ListedSignIn & { failures: number } = {
  ...{ id: 's-1', state: 'under-way', step: 'identify', userName: null, isNameUnknown: false, failures: 0 },
  ...{ browser: 'Chrome on Windows', ip: '203.0.113.7', leadsTo: { kind: 'portal', application: null } },
  ...{ started: when, since: when },
};
const waiting = { ...begun, userName: 'ana@example.com', step: 'challenge', failures: 1 } as const;
const toWiki = { kind: 'saml', application };
const signIns: readonly ListedSignIn[] = [
  begun,
  { ...begun, id: 's-2', step: 'password', isNameUnknown: true },
  { ...waiting, id: 's-3', leadsTo: toWiki },
  { ...waiting, id: 's-4', state: 'signed-in', step: null, leadsTo: { kind: 'console', application: null } },
  { ...waiting, id: 's-5', state: 'refused', step: 'deny', leadsTo: { kind: 'saml', application: null } },
  ...AWKWARD_NAMES.map((name, index): ListedSignIn => ({
    ...{ ...begun, id: `a-${index}`, state: 'expired', step: null, userName: name, browser: name },
    leadsTo: { kind: 'saml', application: { ...application, displayName: name } },
  })),
];
const list = { frame, query: '', signIns };
const one = { frame, expires: when, ended: null };

/** The pages of sign-ins under way. */
export const consoleSignInPages: PageSamples = {
  'console-sign-ins': (page) => <SignInsPage {...{ page, ...list }} nextHref="?cursor=x" />,
  'console-sign-ins-read-only': (page) => <SignInsPage {...{ page, ...list }} frame={readOnlyFrame} />,
  'console-sign-ins-none': (page) => <SignInsPage {...{ page, ...list, signIns: [] }} />,
  'console-sign-ins-none-found': (page) => (
    <SignInsPage {...{ page, ...list, signIns: [], query: AWKWARD_NAMES[0] }} />
  ),
  'console-sign-in-begun': (page) => (
    <SignInPage {...{ page, ...one, signIn: begun, done: [], events: [] }} />
  ),
  'console-sign-in-under-way': (page) => (
    <SignInPage
      {...{ page, ...one, signIn: { ...waiting, leadsTo: toWiki }, events: listedEvents }}
      userHref="/demo/console/users/u-1"
      done={[
        { fact: 'USER_NAME', at: null },
        { fact: 'PASSWORD', at: when },
        { fact: 'DEVICE_REGISTERED', at: null },
      ]}
    />
  ),
  'console-sign-in-done': (page) => (
    <SignInPage
      {...{ page, ...one, ended: when, events: listedEvents.slice(0, 3) }}
      signIn={{ ...waiting, state: 'signed-in', step: null }}
      done={[
        { fact: 'USER_NAME', at: null },
        { fact: 'PASSWORD', at: when },
        { fact: 'TOTP', at: when },
      ]}
    />
  ),
  'console-sign-in-refused': (page) => (
    <SignInPage
      {...{ page, ...one, events: [] }}
      signIn={{ ...waiting, state: 'refused', step: 'deny' }}
      done={[{ fact: 'USER_NAME', at: null }]}
    />
  ),
  'console-sign-in-given-up': (page) => (
    <SignInPage
      {...{ page, ...one, ended: when, events: [] }}
      signIn={{ ...begun, state: 'expired', step: null, isNameUnknown: true }}
      done={[{ fact: 'USER_NAME', at: null }]}
    />
  ),
};
