import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadCatalogue } from '../../../../../src/domain/applications/catalogue/catalogue.ts';
import { fillPattern, splitAddress } from '../../../../../src/domain/applications/catalogue/pattern.ts';
import { resolveTemplate } from '../../../../../src/domain/applications/catalogue/resolve.ts';
import type {
  CatalogueTemplate,
  CatalogueVariable,
} from '../../../../../src/domain/applications/catalogue/template.ts';
import {
  findVariableFault,
  type VariableKind,
} from '../../../../../src/domain/applications/catalogue/variables.ts';
import { findWebUrlFault } from '../../../../../src/protocols/saml/urls.ts';

const variable = (kind: VariableKind, ending?: string): CatalogueVariable => ({
  ...{ name: 'domain', kind, label: 'Domain', description: 'Yours.', example: 'acme' },
  ...(ending === undefined ? {} : { ending }),
});
const takes = (kind: VariableKind, value: string) => findVariableFault(variable(kind), value) === undefined;

describe('the values of a template’s variables', () => {
  const attacks = [
    ...['', ' ', 'a b', 'a\tb', 'a\nb', 'a\u0000b', 'a\u007fb', '\u202eacme', 'acme\u200b'],
    ...[
      'evil.example/',
      'evil.example/x',
      '/',
      '//evil.example',
      '\\evil.example',
      'a\\b',
      '..',
      '../../..',
      '.',
    ],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'https://evil.example',
      'a@b',
      'user:pw@b',
      '%2f',
      '%00',
      'a%b',
    ],
    ...[
      'a?b',
      'a#b',
      'a;b',
      'a&b=c',
      'a"b',
      "a'b",
      'a<b',
      'a>b',
      '${domain}',
      '${user:email}',
      '{x}',
      'a|b',
      'a`b',
    ],
    ...['-acme', 'acme-', 'a'.repeat(64), 'ⓐcme', 'аcme', 'bücher', 'acme。evil', 'acme．evil', '１２７'],
  ];

  it('accept no attack as a host name, nor as a part of one', () => {
    for (const value of attacks) {
      assert.ok(!takes('label', value), value);
      // A host name consists of labels, none of which has 64 letters.
      assert.ok(!takes('host', value), value);
    }
  });

  it('accept one label of a host name', () => {
    for (const value of ['acme', 'a', 'ACME-1', '1st', 'a'.repeat(63), 'xn--bcher-kva'])
      assert.ok(takes('label', value), value);
    for (const value of ['a.b', 'a_b', 'a:1']) assert.ok(!takes('label', value), value);
  });

  it('accept a host name with a port', () => {
    for (const value of [
      'acme.example',
      'localhost',
      'localhost:8080',
      'a.b.c:65535',
      'xn--bcher-kva.example',
    ]) {
      assert.ok(takes('host', value), value);
    }
    // IP addresses have many spellings, and no vendor hosts an application at one.
    const others = [
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '[::1]',
      'a.b:0',
      'a.b:65536',
      'a.b:',
      'a.b:1:2',
      'a..b',
      '.a',
    ];
    for (const value of [...others, 'a.', 'a.b:08', 'xn--a.example']) assert.ok(!takes('host', value), value);
  });

  it('accept one segment of a path', () => {
    for (const value of ['acme', 'Acme_1.~-', '...', '123-ABC-456'])
      assert.ok(takes('segment', value), value);
    for (const value of ['a/b', '..', '.', 'a%2fb', 'a?b', 'a#b', 'a:b', 'a b', 'ä', ''])
      assert.ok(!takes('segment', value), value);
  });

  it('accept a name that can’t hide anything', () => {
    for (const value of ['urn:acme:wiki', 'https://acme.example/x?y=1', 'wiki', 'a@b'])
      assert.ok(takes('text', value), value);
    for (const value of ['a b', '${user:email}', '$x', 'a{b', 'a<b', 'a"b', 'a\\b', 'ä', '', 'a\nb'])
      assert.ok(!takes('text', value), value);
  });

  it('accept a number', () => {
    for (const value of ['0', '1234567', '007']) assert.ok(takes('number', value), value);
    for (const value of ['', '-1', '1.5', '1e3', '12a', '１２', '1'.repeat(21)])
      assert.ok(!takes('number', value), value);
  });

  it('accept text with the required ending, of at most 253 characters', () => {
    const ours = variable('host', '.acme.example');
    assert.equal(findVariableFault(ours, 'API.Acme.example'), undefined);
    for (const value of ['acme.example', 'api.acme.example.evil', 'evilacme.example', 'api.acme.example:1']) {
      assert.match(findVariableFault(ours, value) ?? '', /^Domain must end with \.acme\.example\.$/);
    }
    assert.equal(findVariableFault(variable('segment'), 'a'.repeat(253)), undefined);
    assert.match(findVariableFault(variable('segment'), 'a'.repeat(254)) ?? '', /at most 253/);
  });
});

describe('a template with values', () => {
  let templates: CatalogueTemplate[];
  before(async () => {
    templates = (await loadCatalogue()).flatMap(({ template }) => template ?? []);
  });
  const templateOf = (name: string) => {
    const found = templates.find((template) => template.name === name);
    assert.ok(found);
    return found;
  };

  it('gives the values that the vendor asks for', () => {
    const result = resolveTemplate(templateOf('Slack'), { workspace: 'orchard' });
    assert.ok(result.ok);
    assert.deepEqual(result.resolved.serviceProvider, {
      entityId: 'https://slack.com',
      acsUrls: ['https://orchard.slack.com/sso/saml'],
    });
    assert.deepEqual(result.resolved.subject, { value: null, format: 'persistent' });
    assert.deepEqual(result.resolved.attributes, [
      { name: 'User.Email', value: '${user:email}', format: 'unspecified' },
    ]);
    assert.equal(result.resolved.startUrl, undefined);
  });

  it('leaves unknown values open', () => {
    const result = resolveTemplate(templateOf('Datadog'), {});
    assert.ok(result.ok);
    assert.equal(result.resolved.serviceProvider, undefined);
    assert.equal(result.resolved.attributes?.length, 3);
  });

  it('reports the fault of each variable, all at once', () => {
    const faultsOf = (name: string, values: Record<string, string>) => {
      const result = resolveTemplate(templateOf(name), values);
      assert.ok(!result.ok);
      return Object.fromEntries(result.faults.map(({ variable: of, message }) => [of, message]));
    };
    const faults = faultsOf('Redash.io', { host: 'evil.example/', shoe: 'x' });
    assert.deepEqual(Object.keys(faults).sort(), ['host', 'organization', 'shoe']);
    assert.match(faults['host'] ?? '', /^Host must be a host name/);
    assert.match(faults['organization'] ?? '', /^Give Organization slug: /);
    assert.match(faults['shoe'] ?? '', /It has host, organization\.$/);
    assert.match(faultsOf('Miro', { host: 'x' })['host'] ?? '', /It has none\.$/);
    // Properties that every object inherits are no values.
    assert.match(
      faultsOf('Slack', Object.create({ workspace: 'x' }) as Record<string, string>)['workspace'] ?? '',
      /^Give/,
    );
  });

  it('never leaves its scheme and host, whatever the values are', () => {
    const pieces = [
      'acme',
      'a.b',
      '/',
      '\\',
      ':',
      '@',
      '?',
      '#',
      '%2f',
      '..',
      'javascript:',
      '${user:email}',
      '。',
      '\n',
      'https://',
      ' ',
      '-',
      '0',
      'x7f',
      'ß',
    ];
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')),
      fc.webSegment(),
    );
    const withValues = fc.nat().chain((seed) => {
      const template = templates[seed % templates.length] ?? templateOf('Slack');
      return fc.tuple(...template.variables.map(() => anything)).map((values) => ({
        template,
        values: Object.fromEntries(template.variables.map(({ name }, index) => [name, values[index] ?? ''])),
      }));
    });
    let taken = 0;
    fc.assert(
      fc.property(withValues, ({ template, values }) => {
        const result = resolveTemplate(template, values);
        if (!result.ok) return;
        taken += 1;
        const { serviceProvider, startUrl, relayState, attributes = [] } = result.resolved;
        const pairs = [
          [serviceProvider && template.serviceProvider.acsUrl, serviceProvider?.acsUrls[0]],
          [template.startUrl, startUrl],
          [template.relayState, relayState],
        ] as const;
        for (const [pattern, address] of pairs) {
          if (pattern === undefined || address === undefined) continue;
          assert.equal(findWebUrlFault(address), undefined, address);
          const expected = fillPattern(splitAddress(pattern)?.host ?? '', values).toLowerCase();
          const { protocol, hostname, port } = new URL(address);
          assert.equal(`${protocol}//`, /^https?:\/\//.exec(pattern)?.[0]);
          assert.equal(hostname, expected.split(':')[0]);
          if (port !== '') assert.equal(port, expected.split(':')[1]);
          // The path has as many segments as the pattern: no value added one, and none climbed out of its own.
          const parts = (text: string) => text.split('?')[0]?.split('/').length;
          assert.equal(parts(new URL(address).pathname), parts(splitAddress(pattern)?.rest ?? ''));
        }
        // A value can't name another attribute of the user than the template does.
        const named = (text: string) => text.match(/\$\{user:\w+\}/g) ?? [];
        attributes.forEach(({ value }, index) => {
          assert.deepEqual(named(value), named(template.attributes?.[index]?.value ?? ''));
        });
      }),
      { numRuns: 400 },
    );
    assert.ok(taken > 40, `Only ${taken} were taken.`);
  });
});
