import assert from 'node:assert/strict';
import { settingsSchema } from '../../../../src/domain/organizations/settings.ts';
import { findUnansweredHost } from '../../../../src/flows/visit/unanswered-host.ts';

const defaults = settingsSchema.parse({});
const find = (url: string, publicOrigin = 'http://localhost:8080', settings = defaults) =>
  findUnansweredHost(url, settings, publicOrigin);

describe('a host where nobody answers', () => {
  it('is named with its port and its reserved domain', () => {
    assert.deepEqual(find('https://WIKI.Example.com:8443/acs'), {
      host: 'wiki.example.com:8443',
      domain: 'example.com',
    });
  });

  it('is in the host alone, wherever else a URL contains a reserved name', () => {
    assert.equal(find('https://sp.corp.dev/example.com?x=https://a.test#b.invalid'), undefined);
  });

  it('is none in the domain of our own address, since that domain is in use', () => {
    assert.equal(find('https://app.test/acs', 'https://sso.test'), undefined);
    assert.ok(find('https://app.example/acs', 'https://sso.test'));
  });

  it('is none when the settings say so', () => {
    assert.equal(find('https://app.test/acs', undefined, { ...defaults, reservedNames: 'send' }), undefined);
  });
});
