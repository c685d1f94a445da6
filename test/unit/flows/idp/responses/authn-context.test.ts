import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  chooseAuthnContext,
  factorsThatHelp,
  satisfiedClasses,
  type Factor,
} from '../../../../../src/flows/idp/responses/authn-context.ts';
import {
  AuthnContextClass as Class,
  type AuthnContextComparison,
} from '../../../../../src/protocols/saml/types.ts';

const { unspecified, password, passwordProtectedTransport: ppt, refedsSfa, refedsMfa } = Class;
const { timeSyncToken, multipleAuthn, mobileTwoFactorContract: mobile, x509 } = Class;

/** The classes that each combination of factors satisfies, written by hand. */
const WAYS: readonly (readonly [Factor[], string[]])[] = [
  [['PASSWORD'], [unspecified, password, ppt, refedsSfa]],
  [
    ['PASSWORD', 'EMAIL_OTP'],
    [unspecified, password, ppt, refedsSfa],
  ],
  ...(['TOTP', 'RESYNC_TOTP'] as const).map((app): [Factor[], string[]] => [
    ['PASSWORD', app],
    [unspecified, password, ppt, refedsSfa, timeSyncToken, multipleAuthn, refedsMfa, mobile],
  ]),
  [
    ['PASSWORD', 'WEBAUTHN'],
    [unspecified, password, ppt, refedsSfa, multipleAuthn, refedsMfa, mobile],
  ],
  [[] as Factor[], [unspecified]],
];

/** The steps of strength, one line for each. */
const STEPS: readonly string[][] = [
  [unspecified],
  [password],
  [ppt, refedsSfa],
  [timeSyncToken, multipleAuthn, refedsMfa, mobile],
];
const stepOf = (uri: string): number | undefined => {
  const step = STEPS.findIndex((each) => each.includes(uri));
  return step < 0 ? undefined : step;
};

const nameOf = (uri: string) => uri.split(/[:/]/).at(-1) ?? uri;

describe('the classes that a sign-in satisfies', () => {
  for (const [factors, classes] of WAYS) {
    it(`${factors.join(' and ') || 'nothing'}: ${classes.map(nameOf).join(', ')}`, () => {
      assert.deepEqual(satisfiedClasses(factors), classes);
    });
  }
});

describe('the authentication context that is stated', () => {
  const choose = (
    factors: readonly Factor[],
    comparison: AuthnContextComparison,
    classRefs: readonly string[],
    fixed: string | null = null,
  ) => chooseAuthnContext({ comparison, classRefs }, { factors, fixed });
  const byPassword: Factor[] = ['PASSWORD'];
  const byApp: Factor[] = ['PASSWORD', 'TOTP'];
  const byKey: Factor[] = ['PASSWORD', 'WEBAUTHN'];

  const table: [Factor[], AuthnContextComparison, string[], string | undefined][] = [
    [byPassword, 'exact', [x509, password], password],
    [byPassword, 'exact', [timeSyncToken], undefined],
    [byPassword, 'exact', [refedsMfa, refedsSfa], refedsSfa],
    [byApp, 'exact', [ppt], ppt],
    [byApp, 'exact', [x509, refedsMfa, ppt], refedsMfa],
    [byKey, 'exact', [timeSyncToken, multipleAuthn], multipleAuthn],
    [byPassword, 'exact', [], undefined],
    [byPassword, 'minimum', [password], password],
    [byPassword, 'minimum', [x509], undefined],
    [byPassword, 'minimum', [refedsMfa, ppt], ppt],
    [byKey, 'minimum', [timeSyncToken], mobile],
    [byApp, 'minimum', [ppt], ppt],
    [byPassword, 'better', [password], ppt],
    [byPassword, 'better', [ppt], undefined],
    [byPassword, 'better', [password, x509], undefined],
    [byApp, 'better', [ppt, password], mobile],
    [byApp, 'better', [ppt, refedsMfa], undefined],
    [byPassword, 'maximum', [password], password],
    [byApp, 'maximum', [refedsSfa, password], refedsSfa],
    [byKey, 'maximum', [timeSyncToken], mobile],
    [byPassword, 'maximum', [refedsMfa], ppt],
    [byPassword, 'maximum', [x509], undefined],
  ];
  for (const [factors, comparison, classRefs, expected] of table) {
    it(`${factors.join('+')}, ${comparison} ${classRefs.map(nameOf).join(', ') || 'nothing'}: ${expected === undefined ? 'none' : nameOf(expected)}`, () => {
      assert.equal(choose(factors, comparison, classRefs), expected);
    });
  }

  it('without a requested context is the proved class, or the fixed one', () => {
    const told = [
      [byPassword, ppt],
      [byApp, timeSyncToken],
      [byKey, mobile],
      [[...byApp, ...byKey], mobile],
    ] as const;
    for (const [factors, expected] of told) {
      assert.equal(chooseAuthnContext(undefined, { factors, fixed: null }), expected);
      assert.equal(chooseAuthnContext(undefined, { factors, fixed: 'urn:own' }), 'urn:own');
    }
  });

  it('treats a fixed class of unknown strength as satisfied, and no other', () => {
    assert.equal(choose(byPassword, 'exact', [x509], x509), x509);
    assert.equal(choose(byPassword, 'minimum', [x509], x509), x509);
    assert.equal(choose(byPassword, 'maximum', [x509], x509), x509);
    assert.equal(choose(byPassword, 'better', [x509], x509), undefined);
    assert.equal(choose(byPassword, 'exact', [refedsMfa], refedsMfa), undefined);
    assert.equal(choose(byPassword, 'exact', [x509], 'urn:own'), undefined);
  });

  const ways = fc.constantFrom(...WAYS);
  const asked = fc.uniqueArray(fc.constantFrom(...STEPS.flat(), x509, 'urn:unknown'), {
    minLength: 1,
    maxLength: 4,
  });
  const check = (
    comparison: AuthnContextComparison,
    isRight: (stated: string | undefined, asks: string[], has: string[]) => void,
  ) => {
    fc.assert(
      fc.property(ways, asked, ([factors, has], asks) => {
        const stated = choose(factors, comparison, asks);
        if (stated !== undefined) assert.ok(has.includes(stated), 'nothing is stated that wasn’t proved');
        isRight(stated, asks, has);
      }),
    );
  };
  /** Whether one class is known to be at least as strong as the other. */
  const atLeast = (one: string, other: string) => (stepOf(one) ?? -1) >= (stepOf(other) ?? Infinity);

  it('exact: the first requested class that is satisfied', () => {
    check('exact', (stated, asks, has) => {
      const [first] = asks.filter((each) => has.includes(each));
      assert.equal(stated, first);
    });
  });

  it('minimum: a class at least as strong as one of the requested, preferably that one itself', () => {
    check('minimum', (stated, asks, has) => {
      const reached = asks.filter((each) => has.some((own) => atLeast(own, each)));
      if (reached.length === 0) return assert.equal(stated, undefined);
      assert.ok(stated !== undefined && asks.some((each) => atLeast(stated, each)));
      if (has.includes(reached[0] ?? '')) assert.equal(stated, reached[0]);
    });
  });

  it('better: a class stronger than each of the requested', () => {
    check('better', (stated, asks, has) => {
      const isStronger = (own: string) => asks.every((each) => atLeast(own, each) && !atLeast(each, own));
      assert.equal(stated !== undefined, has.some(isStronger));
      if (stated !== undefined) assert.ok(isStronger(stated));
    });
  });

  it('maximum: the strongest class that doesn’t exceed one of the requested', () => {
    check('maximum', (stated, asks, has) => {
      const allowed = has.filter((own) =>
        asks.some((each) => stepOf(each) !== undefined && atLeast(each, own)),
      );
      if (allowed.length === 0) return assert.equal(stated, undefined);
      assert.ok(stated !== undefined && allowed.includes(stated));
      assert.ok(allowed.every((other) => atLeast(stated, other)));
    });
  });

  it('can be reached with a second factor exactly when signing in with it would state a class', () => {
    fc.assert(
      fc.property(
        asked,
        fc.constantFrom('exact', 'minimum', 'better', 'maximum'),
        (classRefs, comparison) => {
          const helping = factorsThatHelp({ comparison, classRefs }, null);
          for (const type of ['TOTP', 'WEBAUTHN'] as const) {
            const stated = choose(['PASSWORD', type], comparison, classRefs);
            assert.equal(helping.includes(type), stated !== undefined);
          }
        },
      ),
    );
  });
});
