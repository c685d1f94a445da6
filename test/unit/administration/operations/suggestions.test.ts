import assert from 'node:assert/strict';
import {
  suggestionsFor,
  type SetUp,
  type SuggestionCode,
} from '../../../../src/administration/operations/suggestions.ts';
import { mergeSettings, settingsSchema } from '../../../../src/domain/organizations/settings.ts';

const settings = mergeSettings(settingsSchema.parse({}), {
  ...{ branding: { name: 'Daybreak' }, mfa: { withoutDevice: 'register' } },
});
const done: SetUp = {
  ...{ users: 3, applications: 2, isAnythingAssigned: true, hasAdministrators: true, settings },
  ...{ expiringCertificates: 0, alias: 'daybreak', hasLogo: false },
};

describe('what the dashboard suggests', () => {
  const cases: [string, Partial<SetUp>, SuggestionCode[]][] = [
    ['everything is set up', {}, []],
    [
      'nothing is set up',
      {
        ...{ users: 0, applications: 0, isAnythingAssigned: false, hasAdministrators: false, alias: null },
        settings: settingsSchema.parse({}),
      },
      ['add-users', 'add-applications', 'require-mfa-devices', 'customize-url', 'add-branding'],
    ],
    ['there are users alone', { applications: 0, isAnythingAssigned: false }, ['add-applications']],
    ['there are applications alone', { users: 0, isAnythingAssigned: false }, ['add-users']],
    ['nothing is assigned', { isAnythingAssigned: false }, ['assign-access']],
    ['nobody has access to the console', { hasAdministrators: false }, ['grant-console-access']],
    [
      'certificates expire and second factors are off',
      { expiringCertificates: 2, settings: mergeSettings(settings, { mfa: { mode: 'disabled' } }) },
      ['rotate-certificates', 'turn-on-mfa'],
    ],
    [
      'second factors are always on',
      { settings: mergeSettings(settings, { mfa: { mode: 'always-on' } }) },
      [],
    ],
    [
      'users without a device need their password only',
      { settings: mergeSettings(settings, { mfa: { mode: 'always-on', withoutDevice: 'allow' } }) },
      ['require-mfa-devices'],
    ],
    [
      'second factors are off for everybody, with or without a device',
      { settings: mergeSettings(settings, { mfa: { mode: 'disabled', withoutDevice: 'allow' } }) },
      ['turn-on-mfa'],
    ],
    [
      'there is a logo and no name',
      { hasLogo: true, settings: mergeSettings(settings, { branding: { name: null } }) },
      [],
    ],
  ];
  for (const [when, change, codes] of cases) {
    it(`when ${when}: ${codes.join(', ') || 'nothing'}`, () => {
      const suggestions = suggestionsFor({ ...done, ...change });
      assert.deepEqual(
        suggestions.map(({ code }) => code),
        codes,
      );
      assert.ok(suggestions.every(({ title, reason }) => title !== '' && reason.endsWith('.')));
    });
  }
});
