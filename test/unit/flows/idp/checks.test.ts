import assert from 'node:assert/strict';
import type { Application, SubjectMapping } from '../../../../src/domain/applications/application.ts';
import { DEFAULT_SETTINGS } from '../../../../src/domain/applications/application.ts';
import { resolveAssertionConsumerService } from '../../../../src/flows/idp/requests/checks/assertion-consumer-service.ts';
import type { Check, CheckInput } from '../../../../src/flows/idp/requests/checks/check.ts';
import { checkEncoding } from '../../../../src/flows/idp/requests/checks/encoding.ts';
import { checkDestination } from '../../../../src/flows/idp/requests/checks/destination.ts';
import { checkIssueInstant } from '../../../../src/flows/idp/requests/checks/issue-instant.ts';
import { checkIssuer, checkIssuerFormat } from '../../../../src/flows/idp/requests/checks/issuer.ts';
import {
  checkNameIdFormat,
  checkNameIdPolicy,
} from '../../../../src/flows/idp/requests/checks/name-id-policy.ts';
import { RELAXATIONS, type RelaxationId } from '../../../../src/flows/idp/requests/findings.ts';
import { judge, permits } from '../../../../src/flows/idp/requests/judge.ts';
import { checkVersion } from '../../../../src/flows/idp/requests/checks/version.ts';
import { requestRulesOf, type RequestRules } from '../../../../src/domain/organizations/request-rules.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { asId, newApplicationId, newInstanceId, randomIds } from '../../../../src/foundation/platform/ids.ts';
import type { AuthnRequest } from '../../../../src/protocols/saml/authn-request.ts';
import { Binding, NameIdFormat, StatusCode } from '../../../../src/protocols/saml/types.ts';
import { relyingParty } from '../../../support/applications/applications.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const SSO = 'http://localhost:8080/d-0123456789/saml/assertion/ins-0123456789abcdef';
const addresses = { entityId: SSO, ssoUrl: SSO, metadataUrl: '', certificateUrl: '' };
const application: Application = {
  id: newApplicationId(randomIds),
  instanceId: newInstanceId(randomIds),
  key: 'wiki',
  displayName: 'Wiki',
  description: '',
  enabled: true,
  relyingParty: relyingParty('https://wiki.example.com'),
  settings: DEFAULT_SETTINGS,
  nameIdSalt: 'salt',
  version: 0,
  createdAt: NOW,
  updatedAt: NOW,
};
const genuine: AuthnRequest = {
  id: asId('_1'),
  version: '2.0',
  issueInstant: NOW,
  destination: SSO,
  issuer: 'https://wiki.example.com',
  forceAuthn: false,
  isPassive: false,
  hasSubject: false,
  hasSignature: false,
};
const without = (name: keyof AuthnRequest): AuthnRequest =>
  Object.fromEntries(Object.entries(genuine).filter(([key]) => key !== name)) as unknown as AuthnRequest; // The row has every field that checks read.
const LENIENT: RequestRules = { profile: 'lenient', weakAlgorithms: 'accept' };
const input: Omit<CheckInput, 'request'> = {
  ...{ application, addresses, now: NOW, rules: LENIENT, spacedParameters: [] },
};
const check = (rule: Check, request: AuthnRequest) => rule({ ...input, request });

describe('the checks of an AuthnRequest', () => {
  it('accept a genuine request', () => {
    const rules = [
      ...[checkVersion, checkEncoding, checkDestination, checkIssueInstant, checkIssuer, checkIssuerFormat],
      ...[checkNameIdFormat, checkNameIdPolicy],
    ];
    assert.deepEqual(judge(rules, { ...input, request: genuine }), { refusal: undefined, findings: [] });
  });

  const refused: [string, Check, AuthnRequest, RegExp][] = [
    ['version 1.1', checkVersion, { ...genuine, version: '1.1' }, /1\.1/],
    [
      'a Destination at another address',
      checkDestination,
      { ...genuine, destination: `${SSO}/` },
      /Destination is/,
    ],
    [
      'a signed request without Destination',
      checkDestination,
      { ...without('destination'), hasSignature: true },
      /signed/,
    ],
    [
      'a request older than ten minutes',
      checkIssueInstant,
      { ...genuine, issueInstant: NOW - 10 * MINUTE_MS - 1 },
      /stale/,
    ],
    [
      'a request from the future',
      checkIssueInstant,
      { ...genuine, issueInstant: NOW + 3 * MINUTE_MS + 1 },
      /future/,
    ],
    ['no Issuer', checkIssuer, without('issuer'), /no Issuer/],
    ['another Issuer', checkIssuer, { ...genuine, issuer: 'https://evil.example' }, /evil\.example/],
  ];
  for (const [title, rule, request, message] of refused) {
    it(`refuse ${title} with a page`, () => {
      const refusal = check(rule, request);
      assert.equal(refusal?.to, 'user');
      assert.match(refusal.message, message);
    });
  }

  it('accept a request at both ends of its validity, and an unsigned one without Destination', () => {
    assert.equal(check(checkIssueInstant, { ...genuine, issueInstant: NOW - 10 * MINUTE_MS }), undefined);
    assert.equal(check(checkIssueInstant, { ...genuine, issueInstant: NOW + 3 * MINUTE_MS }), undefined);
    assert.equal(check(checkDestination, without('destination')), undefined);
  });

  it('accept a Destination with the default port, or with a host in capitals, and nothing like it', () => {
    const ssoUrl = 'https://sso.example.com/d-1/saml/assertion/ins-1';
    const check = (destination: string) =>
      checkDestination({
        ...{ ...input, addresses: { ...addresses, ssoUrl } },
        request: { ...genuine, destination },
      }) === undefined;
    const path = '/d-1/saml/assertion/ins-1';
    for (const same of ['https://sso.example.com:443', 'https://SSO.example.com', 'HTTPS://sso.example.com'])
      assert.ok(check(same + path), same);
    for (const other of [
      ...['http://sso.example.com', 'https://sso.example.com:8443', 'https://sso.example.com:80'],
      ...['https://user@sso.example.com', 'https://sso.example.com.', 'https:\\\\sso.example.com'],
      ...[' https://sso.example.com', 'https://sso.example.com/x/..', 'https:sso.example.com'],
    ])
      assert.ok(!check(other + path), other);
    for (const rest of [
      '/D-1/saml/assertion/ins-1',
      `${path}/`,
      `${path}?`,
      `${path}#x`,
      '/d%2D1/saml/assertion/ins-1',
    ])
      assert.ok(!check(`https://sso.example.com:443${rest}`), rest);
  });

  it('answer formats that do not exist, and qualified names, with InvalidNameIDPolicy', () => {
    const asking = (format: string) => ({ ...genuine, nameIdPolicy: { format, allowCreate: true } });
    for (const format of [NameIdFormat.encrypted, 'urn:x:unheard-of']) {
      const { refusal } = judge([checkNameIdPolicy], { ...input, request: asking(format) });
      assert.equal(refusal?.to, 'service-provider');
      assert.deepEqual(refusal.status.codes, [StatusCode.requester, StatusCode.invalidNameIdPolicy]);
    }
    const foreign = {
      ...genuine,
      nameIdPolicy: { allowCreate: true, spNameQualifier: 'https://other.example' },
    };
    assert.equal(check(checkNameIdPolicy, foreign)?.to, 'service-provider');
  });

  it('accept only the subject’s own format and unspecified when the settings are strict', () => {
    const strict = (subject: SubjectMapping, format?: string) => {
      const request = {
        ...genuine,
        nameIdPolicy: { ...(format !== undefined && { format }), allowCreate: false },
      };
      const settings = { ...DEFAULT_SETTINGS, subject, nameIdPolicy: 'strict' } as const;
      const strictly = { ...input, request, application: { ...application, settings } };
      const { refusal } = judge([checkNameIdPolicy], strictly);
      return refusal?.to === 'service-provider' ? refusal.status.codes.at(-1) : refusal;
    };
    const subjects: SubjectMapping[] = [
      { value: '${user:email}', format: 'emailAddress' },
      { value: null, format: 'persistent' },
      { value: '${user:subject}', format: 'unspecified' },
    ];
    for (const subject of subjects) {
      for (const format of [undefined, NameIdFormat.unspecified, NameIdFormat[subject.format]])
        assert.equal(strict(subject, format), undefined);
      for (const format of [NameIdFormat.transient, NameIdFormat.entity, NameIdFormat.x509SubjectName])
        assert.equal(strict(subject, format), StatusCode.invalidNameIdPolicy);
    }
  });
});

describe('the relaxations', () => {
  const AS_AWS: RequestRules = { ...LENIENT, profile: 'as-aws' };
  const policy = (format: string) => ({ ...genuine, nameIdPolicy: { format, allowCreate: true } });
  const wrongPrefix = (name: string) => policy(`urn:oasis:names:tc:SAML:2.0:nameid-format:${name}`);
  const spaced = { spacedParameters: ['SAMLRequest', 'Signature'] } as const;

  /** Each odd request with what is found, and what as-aws does: a page of this status, or a SAML status. */
  const odd: [string, Partial<CheckInput> & { request: AuthnRequest }, RelaxationId, 400 | 403][] = [
    [
      'an Issuer with the format emailAddress',
      { request: { ...genuine, issuerFormat: NameIdFormat.emailAddress } },
      'issuer-format',
      400,
    ],
    ['an Issuer with an empty format', { request: { ...genuine, issuerFormat: '' } }, 'issuer-format', 400],
    [
      'a NameIDPolicy for transient',
      { request: policy(NameIdFormat.transient) },
      'name-id-format-not-asked',
      403,
    ],
    [
      'a NameIDPolicy for persistent',
      { request: policy(NameIdFormat.persistent) },
      'name-id-format-not-asked',
      403,
    ],
    [
      'emailAddress with the prefix of SAML 2.0',
      { request: wrongPrefix('emailAddress') },
      'name-id-format-prefix',
      403,
    ],
    [
      'unspecified with the prefix of SAML 2.0',
      { request: wrongPrefix('unspecified') },
      'name-id-format-prefix',
      403,
    ],
    ['an empty Format', { request: policy('') }, 'name-id-format-empty', 403],
    ['white space in base64', { request: genuine, ...spaced }, 'base64-white-space', 400],
  ];
  const all = [checkEncoding, checkIssuer, checkIssuerFormat, checkNameIdFormat, checkNameIdPolicy];
  for (const [title, change, code, status] of odd) {
    it(`let ${title} pass with a finding, and refuse it as AWS does`, () => {
      const { refusal, findings } = judge(all, { ...input, ...change });
      assert.equal(refusal, undefined);
      assert.deepEqual(
        findings.map((each) => [each.code, each.reference]),
        [[code, RELAXATIONS[code].reference]],
      );
      const strict = judge(all, { ...input, ...change, rules: AS_AWS });
      assert.deepEqual(strict.findings, []);
      assert.equal(strict.refusal?.to, 'user');
      assert.equal(strict.refusal.isNoAccess === true ? 403 : 400, status);
    });
  }

  it('never apply to what no rule names, whatever the profile', () => {
    for (const rules of [LENIENT, AS_AWS]) {
      for (const request of [
        { ...genuine, issuer: 'https://evil.example', issuerFormat: '' },
        policy(NameIdFormat.encrypted),
        wrongPrefix('EmailAddress'),
        {
          ...genuine,
          nameIdPolicy: { format: '', allowCreate: true, spNameQualifier: 'https://evil.example' },
        },
      ])
        assert.ok(judge(all, { ...input, request, rules }).refusal, JSON.stringify(request));
    }
  });

  it('follow the application where it has rules of its own, and SHA-1 its own switch', () => {
    const none = { profile: null, weakAlgorithms: null };
    assert.deepEqual(requestRulesOf(LENIENT, none), LENIENT);
    assert.deepEqual(requestRulesOf(LENIENT, { ...none, profile: 'as-aws' }), AS_AWS);
    const refusing = requestRulesOf(AS_AWS, { profile: 'lenient', weakAlgorithms: 'refuse' });
    assert.deepEqual(refusing, { profile: 'lenient', weakAlgorithms: 'refuse' });
    assert.deepEqual([permits(refusing, 'weak-algorithm'), permits(AS_AWS, 'weak-algorithm')], [false, true]);
    assert.deepEqual([permits(refusing, 'issuer-format'), permits(AS_AWS, 'issuer-format')], [true, false]);
  });
});

describe('the AssertionConsumerService of an answer', () => {
  const party = {
    ...relyingParty('https://wiki.example.com'),
    assertionConsumerServices: [
      { url: 'https://wiki.example.com/a', index: 1, isDefault: false, binding: Binding.post },
      { url: 'https://wiki.example.com/b', index: 2, isDefault: true, binding: Binding.post },
      { url: 'https://wiki.example.com/artifact', index: 3, isDefault: false, binding: 'urn:artifact' },
    ],
  };
  const resolve = (change: Partial<AuthnRequest>) => {
    const resolved = resolveAssertionConsumerService({ ...genuine, ...change }, party);
    return resolved.ok ? resolved.url : resolved.refusal.reason;
  };

  it('is the registered one that the request names, or the default', () => {
    assert.equal(resolve({}), 'https://wiki.example.com/b');
    assert.equal(
      resolve({ assertionConsumerServiceUrl: 'https://wiki.example.com/a' }),
      'https://wiki.example.com/a',
    );
    assert.equal(resolve({ assertionConsumerServiceIndex: 1 }), 'https://wiki.example.com/a');
    assert.equal(resolve({ protocolBinding: Binding.post }), 'https://wiki.example.com/b');
  });

  it('is never one that only the request names (an assertion would go to the author of the request)', () => {
    for (const change of [
      { assertionConsumerServiceUrl: 'https://evil.example/acs' },
      { assertionConsumerServiceUrl: 'https://wiki.example.com/a/' },
      { assertionConsumerServiceUrl: 'https://wiki.example.com/artifact' },
      { assertionConsumerServiceIndex: 9 },
      { assertionConsumerServiceIndex: 3 },
      { assertionConsumerServiceUrl: 'https://wiki.example.com/a', assertionConsumerServiceIndex: 1 },
      { protocolBinding: Binding.redirect },
    ]) {
      assert.equal(resolve(change), 'assertion-consumer-service', JSON.stringify(change));
    }
  });
});
