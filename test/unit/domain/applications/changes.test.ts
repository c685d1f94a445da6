import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../src/domain/applications/application.ts';
import {
  applyChange,
  changedParts,
  type ApplicationChange,
  type ApplicationState,
} from '../../../../src/domain/applications/changes.ts';
import type { Duration } from '../../../../src/foundation/platform/duration.ts';
import { relyingParty } from '../../../support/applications/applications.ts';

const before: ApplicationState = {
  displayName: 'Wiki',
  description: '',
  enabled: true,
  relyingParty: relyingParty('https://wiki.example.com'),
  settings: DEFAULT_SETTINGS,
};

const operationsOf = (change: ApplicationChange) =>
  changedParts(before, applyChange(before, change)).map(({ operation }) =>
    operation.replace('UpdateApplicationInstance', ''),
  );

describe('the parts of a change of an application', () => {
  const settings = (change: Partial<ApplicationState['settings']>) => ({
    settings: { ...DEFAULT_SETTINGS, ...change },
  });
  const cases: [ApplicationChange, string[]][] = [
    [{}, []],
    [{ displayName: undefined, settings: structuredClone(DEFAULT_SETTINGS), enabled: true }, []],
    [{ displayName: 'Handbook' }, ['DisplayData']],
    [{ description: 'All we know' }, ['DisplayData']],
    [settings({ icon: 'book' }), ['DisplayData']],
    [{ enabled: false }, ['Status']],
    [{ relyingParty: relyingParty('https://other.example.com') }, ['ServiceProviderConfiguration']],
    [settings({ startUrl: 'https://wiki.example.com/' }), ['ServiceProviderConfiguration']],
    [settings({ relayState: 'home' }), ['ResponseConfiguration']],
    [settings({ sessionDuration: 'PT2H' as Duration }), ['ResponseConfiguration']],
    [settings({ attributes: [] }), ['ResponseSchemaConfiguration']],
    [
      settings({ subject: { value: '${user:subject}', format: 'persistent' } }),
      ['ResponseSchemaConfiguration'],
    ],
    [settings({ signing: { response: true, assertion: false } }), ['SecurityConfiguration']],
    [
      { displayName: 'Handbook', enabled: false, ...settings({ relayState: 'x' }) },
      ['DisplayData', 'Status', 'ResponseConfiguration'],
    ],
  ];
  for (const [change, operations] of cases) {
    it(`of ${JSON.stringify(change).slice(0, 80)} are: ${operations.join(', ') || 'none'}`, () => {
      assert.deepEqual(operationsOf(change), operations);
    });
  }

  it('of a service provider from metadata are an import, and others stay what they are', () => {
    const change = { displayName: 'Handbook', relyingParty: relyingParty('https://other.example.com') };
    const parts = changedParts(before, applyChange(before, change), true);
    assert.deepEqual(
      parts.map(({ operation }) => operation),
      ['UpdateApplicationInstanceDisplayData', 'ImportApplicationInstanceServiceProvider'],
    );
  });

  it('cover every setting', () => {
    for (const key of Object.keys(DEFAULT_SETTINGS)) {
      const changed = { ...before, settings: { ...before.settings, [key]: 'another' } };
      assert.equal(changedParts(before, changed).length, 1, key);
    }
  });

  it('leave certificates and metadata out of the history', () => {
    const party = { ...relyingParty('https://wiki.example.com'), requestSigningCertificates: ['MIIB'] };
    const [part] = changedParts(before, { ...before, relyingParty: party });
    assert.ok(part && !JSON.stringify(part.parameters).includes('MIIB'));
  });
});
