import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../src/domain/applications/application.ts';
import type { Certificate } from '../../../../src/domain/certificates/certificate.ts';
import type { DeviceFacts } from '../../../../src/domain/credentials/mfa/store.ts';
import { settingsSchema } from '../../../../src/domain/organizations/settings.ts';
import type { Instance } from '../../../../src/domain/organizations/organization.ts';
import type {
  AccessFacts,
  ApplicationFacts,
  DiagnosisFacts,
  UserFacts,
} from '../../../../src/administration/operations/diagnosis/facts.ts';
import type { FindingCode } from '../../../../src/administration/operations/diagnosis/finding.ts';
import { FINDING_CODES, FINDINGS } from '../../../../src/administration/operations/diagnosis/finding.ts';
import { diagnose } from '../../../../src/administration/operations/diagnosis/judge.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import {
  asId,
  type ApplicationId,
  type CertificateId,
  type MfaDeviceId,
  type OrganizationId,
  type UserId,
} from '../../../../src/foundation/platform/ids.ts';
import { START_AT } from '../../../support/basics/clock.ts';

const APP: DeviceFacts = { id: asId<MfaDeviceId>('m'), type: 'TOTP', inSync: true };
const certificate: Certificate = {
  ...{
    id: asId<CertificateId>('c'),
    applicationId: asId<ApplicationId>('a'),
    active: true,
    certificatePem: '',
  },
  ...{ keySize: 2048, algorithm: 'SHA-256', createdAt: 0 },
  ...{ notBeforeAt: START_AT - DAY_MS, notAfterAt: START_AT + 1000 * DAY_MS },
};

interface Changes {
  readonly mfa?: Partial<Record<'mode' | 'withoutDevice', string>>;
  readonly clock?: Partial<Instance['organization']['clock']>;
  readonly wire?: 'instance';
  readonly about?: Partial<UserFacts>;
  readonly access?: Partial<AccessFacts>;
  readonly of?: Partial<ApplicationFacts>;
  readonly isUnknown?: true;
}

/** Facts of which none is in the way, with these changes. */
function factsOf({ mfa, clock, wire, about, access, of, isUnknown }: Changes): DiagnosisFacts {
  const settings = settingsSchema.parse({ mfa: { mode: 'disabled', ...mfa } });
  const organizationClock = { offsetMs: 0, frozenAt: null, ...clock };
  const policyAt = organizationClock.frozenAt ?? START_AT + organizationClock.offsetMs;
  const id = asId<OrganizationId>('o');
  const organization = { id, name: 'O', managementAccountId: '1', isDefault: true, version: 1, createdAt: 0 };
  return {
    instance: { settings, organization: { ...organization, clock: organizationClock } },
    ...{ times: { policyAt, wireAt: wire ? policyAt : START_AT }, realAt: START_AT, userName: 'ana' },
    found: isUnknown
      ? undefined
      : {
          about: {
            user: { id: asId<UserId>('u'), userName: 'ana', email: 'ana@example.com', enabled: true },
            ...{ password: 'set', throttledUntil: undefined, devices: [], trustedBrowsers: 0, sessions: 0 },
            ...about,
          },
          access: {
            ...{ isAssigned: true, isDirect: true, isForEveryone: false, groups: [] },
            ...{ mapping: { outcome: 'mapped' }, last: undefined },
            ...access,
          },
        },
    of: {
      application: {
        ...{ id: asId<ApplicationId>('a'), displayName: 'Wiki', enabled: true, settings: DEFAULT_SETTINGS },
      },
      ...{ acsUrl: 'https://wiki.example.com/acs', unansweredHost: undefined, certificate },
      ...of,
    },
  };
}

const user = { id: asId<UserId>('u'), userName: 'ana', email: 'ana@example.com', enabled: false };
const disabled = {
  id: asId<ApplicationId>('a'),
  displayName: 'Wiki',
  enabled: false,
  settings: DEFAULT_SETTINGS,
};
const last = {
  at: START_AT,
  refusal: undefined,
  isOfUser: true,
  findings: [],
  eventId: 'e',
  exchangeId: 'x',
};
const none = { isDirect: false, groups: [], isForEveryone: false };

/** Each finding that isn't among those of the clear case, with the facts that lead to it and what it says. */
const CASES: readonly [FindingCode, Changes, RegExp][] = [
  ['user-missing', { isUnknown: true }, /no user has this name/],
  ['user-disabled', { about: { user } }, /the user is disabled/],
  ['password-missing', { about: { password: 'none' } }, /no password/],
  ['password-one-time', { about: { password: 'one-time' } }, /for one sign-in/],
  ['throttled', { about: { throttledUntil: START_AT + 5 * MINUTE_MS } }, /refused for 5 minutes/],
  ['second-factor-asked', { mfa: { mode: 'always-on' }, about: { devices: [APP] } }, /authenticator app/],
  [
    'device-out-of-sync',
    { mfa: { mode: 'always-on' }, about: { devices: [{ ...APP, inSync: false }] } },
    /clock of the authenticator app is off/,
  ],
  ['device-to-register', { mfa: { mode: 'always-on', withoutDevice: 'register' } }, /asked to register one/],
  ['code-by-email', { mfa: { mode: 'always-on', withoutDevice: 'email-code' } }, /sent to ana@example.com/],
  ['device-missing', { mfa: { mode: 'always-on', withoutDevice: 'block' } }, /demand an MFA device/],
  ['session-live', { about: { sessions: 2 } }, /signed in in 2 browsers/],
  ['not-assigned', { access: { ...none, isAssigned: false } }, /isn’t assigned/],
  ['application-disabled', { of: { application: disabled } }, /the application is disabled/],
  ['acs-missing', { of: { acsUrl: undefined } }, /no address/],
  ['acs-unanswered', { of: { unansweredHost: 'wiki.example.com' } }, /nobody can answer at wiki/],
  ['subject-missing', { access: { mapping: { outcome: 'no-subject' } } }, /this user doesn’t have/],
  ['attributes-refused', { access: { mapping: { outcome: 'refused', why: 'Too long.' } } }, /Too long/],
  ['certificate-missing', { of: { certificate: undefined } }, /no certificate/],
  [
    'certificate-doubtful',
    { of: { certificate: { ...certificate, notAfterAt: START_AT - 1 } } },
    /This certificate expired on/,
  ],
  // By the organization's clock it is valid still.
  [
    'certificate-doubtful',
    {
      clock: { offsetMs: -2000 * DAY_MS },
      of: { certificate: { ...certificate, notBeforeAt: 0, notAfterAt: START_AT - 1 } },
    },
    /This certificate expired on/,
  ],
  ['last-sign-on-answered', { access: { last } }, /^answered on \d+ \w+ \d{4}, \d\d:\d\d UTC$/],
  [
    'last-sign-on-odd',
    { access: { last: { ...last, findings: ['The ID begins with a digit.'] } } },
    /although the ID/,
  ],
  ['last-sign-on-refused', { access: { last: { ...last, refusal: 'It is too old.' } } }, /: It is too old$/],
  [
    'last-sign-on-refused',
    { access: { last: { ...last, refusal: 'It is too old.', isOfUser: false } } },
    /before anybody signed in/,
  ],
  [
    'clock-moved',
    { clock: { offsetMs: 9 * HOUR_MS } },
    /9 hours ahead of real time; SAML messages carry real/,
  ],
  ['clock-moved', { clock: { frozenAt: START_AT - HOUR_MS } }, /frozen, 1 hour behind/],
  ['clock-on-the-wire', { clock: { offsetMs: 9 * HOUR_MS }, wire: 'instance' }, /carry its time/],
];

describe('the judgement of a diagnosis', () => {
  it('finds nothing in the way when nothing is', () => {
    const { canSignIn, conclusion, findings } = diagnose(factsOf({}));
    assert.ok(canSignIn);
    assert.equal(conclusion, 'Nothing stops ana from signing in to Wiki.');
    assert.deepEqual([...new Set(findings.map(({ verdict }) => verdict))], ['ok']);
  });

  for (const [code, changes, says] of CASES) {
    it(`finds ${code}: ${String(says)}`, () => {
      const { canSignIn, conclusion, findings } = diagnose(factsOf(changes));
      const found = findings.find((each) => each.code === code);
      assert.ok(found, findings.map((each) => each.code).join());
      assert.match(found.found, says);
      assert.equal(canSignIn, FINDINGS[code] !== 'stops');
      if (canSignIn) return;
      assert.equal(conclusion, `ana can’t sign in to Wiki: ${found.found}.`);
      assert.ok(found.change && found.where, 'what to do about a cause, and where');
    });
  }

  it('has a case for each finding that it knows', () => {
    const clear = diagnose(factsOf({})).findings.map(({ code }) => code);
    const met = new Set([...clear, ...CASES.map(([code]) => code)]);
    assert.deepEqual(
      FINDING_CODES.filter((code) => !met.has(code)),
      [],
    );
  });

  it('names the first cause of several, in the order of its list', () => {
    const { conclusion } = diagnose(
      factsOf({ about: { user, password: 'none' }, of: { application: disabled, certificate: undefined } }),
    );
    assert.equal(conclusion, 'ana can’t sign in to Wiki: the user is disabled, and 3 other things too.');
  });

  it('says how the application is assigned', () => {
    const ways = { isDirect: true, isForEveryone: true, groups: ['Engineering', 'R & D'] };
    const { findings } = diagnose(factsOf({ access: ways }));
    const found = findings.find(({ code }) => code === 'assigned')?.found;
    assert.equal(
      found,
      'the application is assigned: directly; by the groups Engineering, R & D; to everyone',
    );
  });
});
