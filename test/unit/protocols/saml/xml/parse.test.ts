import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseXml } from '../../../../../src/protocols/saml/xml/parse.ts';
import { keyPair, requestXml, signEnveloped } from '../helpers.ts';
import { WIDE, validateAgainstSchema } from '../../../../support/saml/bounded.ts';

const limits = { bytes: 100_000, nodes: 10_000 };

async function reasonOf(xml: string, schema?: 'protocol' | 'metadata'): Promise<string> {
  const parsed = await parseXml(xml, limits, schema);
  return parsed.ok ? 'ok' : parsed.reason;
}

describe('parsing XML from strangers', () => {
  const faults: [string, string, string][] = [
    ['a document type', '<!DOCTYPE a><a/>', 'doctype'],
    ['a document type in lower case', '<!doctype a><a/>', 'doctype'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'doctype'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]><a/>', 'doctype'],
    [
      'expanding entities',
      `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;&c;&c;</a>`,
      'doctype',
    ],
    ['a document type after a comment', '<!-- x --><!DOCTYPE a><a/>', 'doctype'],
    ['a processing instruction', '<?x y?><a/>', 'processing-instruction'],
    ['a processing instruction in text', '<a>b<?x?>c</a>', 'processing-instruction'],
    ['a style sheet', '<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>', 'processing-instruction'],
    ['a second XML declaration', '<?xml version="1.0"?><?xml version="1.0"?><a/>', 'not-well-formed'],
    ['an XML declaration after a blank line', '\n<?xml version="1.0"?><a/>', 'not-well-formed'],
    ['an undeclared entity', '<a>&nbsp;</a>', 'not-well-formed'],
    ['an unfinished tag', '<a', 'not-well-formed'],
    ['an element that is not closed', '<a><b></a>', 'not-well-formed'],
    ['two roots', '<a/><b/>', 'not-well-formed'],
    ['the same attribute twice', '<a b="1" b="2"/>', 'not-well-formed'],
    [
      'the same attribute twice under two prefixes',
      '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
      'not-well-formed',
    ],
    ['an undeclared prefix', '<p:a/>', 'not-well-formed'],
    ['a character that XML forbids', '<a>\u0001</a>', 'not-well-formed'],
    ['half a character', '<a>\ud800</a>', 'not-well-formed'],
    ['text that isn’t XML', 'SAMLRequest', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['white space', ' \n', 'not-well-formed'],
    ['deep nesting', '<a>'.repeat(3000) + '</a>'.repeat(3000), 'too-complex'],
    ['a text that is too long', `<a>${'b'.repeat(100_000)}</a>`, 'too-large'],
    ['a text with too many octets', `<a>${'é'.repeat(50_000)}</a>`, 'too-large'],
  ];
  for (const [what, xml, reason] of faults) {
    it(`refuses ${what}: ${reason}`, async () => assert.equal(await reasonOf(xml), reason));
  }

  it('accepts an XML declaration, a byte order mark, comments, CDATA and built-in references', async () => {
    const parsed = await parseXml(
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?><a>1<!-- 2 -->3<![CDATA[<4>]]>&amp;&#53;</a>',
      limits,
    );
    assert.ok(parsed.ok);
    assert.equal(parsed.root.text, '13<4>&5');
  });

  it('reads a string as it is, whatever encoding it declares', async () => {
    for (const encoding of ['ISO-8859-1', 'UTF-16', 'UTF-7', 'windows-1252']) {
      const parsed = await parseXml(`<?xml version="1.0" encoding="${encoding}"?><a>é€</a>`, limits);
      assert.ok(parsed.ok, encoding);
      assert.equal(parsed.root.text, 'é€');
    }
  });

  it('reads names, namespaces, attributes and lines', async () => {
    const parsed = await parseXml('<p:a xmlns:p="urn:p" b="1" p:b="2">\n<c xmlns="urn:c"/></p:a>', limits);
    assert.ok(parsed.ok);
    const { root } = parsed;
    assert.deepEqual([root.namespace, root.name, [...root.attributes]], ['urn:p', 'a', [['b', '1']]]);
    const [child] = root.children;
    assert.deepEqual([child?.namespace, child?.name, child?.line], ['urn:c', 'c', 2]);
  });
});

describe('validating against the schemas', () => {
  const requests: [string, string, string][] = [
    ['an ordinary request', requestXml(), 'ok'],
    ['an unknown attribute', requestXml({ attributes: 'Foo="1"' }), 'schema-invalid'],
    ['an ID in two spellings', requestXml({ attributes: 'Id="_request-1"' }), 'schema-invalid'],
    ['an ID that starts with a digit', requestXml({ id: '1a' }), 'schema-invalid'],
    ['an empty ID', requestXml({ id: '' }), 'schema-invalid'],
    ['a wrong child', requestXml({ content: '<Foo/>' }), 'schema-invalid'],
    [
      'children out of order',
      requestXml({ content: '<samlp:Scoping/><samlp:NameIDPolicy/>' }),
      'schema-invalid',
    ],
    ['a wrong boolean', requestXml({ attributes: 'ForceAuthn="yes"' }), 'schema-invalid'],
    ['a wrong index', requestXml({ attributes: 'AssertionConsumerServiceIndex="70000"' }), 'schema-invalid'],
    ['another vocabulary', '<a/>', 'schema-invalid'],
    [
      'an ID twice',
      requestXml({
        content: `<samlp:Extensions><saml:Assertion ID="_request-1" Version="2.0" IssueInstant="2026-01-02T03:04:05Z"><saml:Issuer>x</saml:Issuer></saml:Assertion></samlp:Extensions>`,
      }),
      'schema-invalid',
    ],
  ];
  for (const [what, xml, expected] of requests) {
    it(`${what}: ${expected}`, async () => assert.equal(await reasonOf(xml, 'protocol'), expected));
  }

  it('reports a fault in a long value briefly and quickly (attack)', async () => {
    // The parser quotes the text, which isn't a number.
    const length = `<ds:HMACOutputLength>${'{'.repeat(200_000)}</ds:HMACOutputLength>`;
    const xml = signEnveloped(requestXml(), keyPair('sp')).replace(
      /<ds:SignatureMethod ([^>]*)\/>/,
      (_, algorithm: string) => `<ds:SignatureMethod ${algorithm}>${length}</ds:SignatureMethod>`,
    );
    const before = process.cpuUsage();
    const parsed = await parseXml(xml, WIDE, 'protocol');
    const { user } = process.cpuUsage(before);
    assert.ok(!parsed.ok && parsed.reason === 'schema-invalid');
    assert.ok(parsed.detail.length <= 1100, `${parsed.detail.length} characters`);
    assert.ok(user < 1_000_000, `${user} µs`); // Six seconds if the quoted value were searched for namespaces.
  });

  it('reports the place and the fault, without the namespaces', async () => {
    const verdict = await validateAgainstSchema(requestXml({ content: '\n<Foo/>' }), 'protocol');
    assert.ok(!verdict.ok);
    assert.match(verdict.detail, /^line 2: Element 'Foo': This element is not expected\./);
    assert.doesNotMatch(verdict.detail, /urn:/);
  });

  it('ignores roles of other vocabularies in metadata', async () => {
    const xml = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><RoleDescriptor
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:f="urn:f" xsi:type="f:ApplicationServiceType"
      protocolSupportEnumeration="urn:f"/><SPSSODescriptor protocolSupportEnumeration="urn:p"><AssertionConsumerService
      index="0" Binding="urn:b" Location="https://sp.example"/></SPSSODescriptor></EntityDescriptor>`;
    assert.equal(await reasonOf(xml, 'metadata'), 'ok');
  });

  it('frees what it parses, so that memory does not grow with use', async () => {
    const good = requestXml({
      content: `<samlp:Extensions><x xmlns="urn:x">${'y'.repeat(20_000)}</x></samlp:Extensions>`,
    });
    const bad = good.replace('Version="2.0"', '');
    const run = async (times: number): Promise<number> => {
      for (let i = 0; i < times; i++) {
        assert.equal(await reasonOf(good, 'protocol'), 'ok');
        assert.equal(await reasonOf(bad, 'protocol'), 'schema-invalid');
        assert.equal(await reasonOf(good.slice(0, -5)), 'not-well-formed');
      }
      return process.memoryUsage().external - process.memoryUsage().arrayBuffers;
    };
    const before = await run(50);
    // Without dispose these thousand documents of 20 KB would take some 60 MB of the module's memory.
    assert.ok((await run(350)) - before < 4_000_000);
  });
});

describe('parsing anything', () => {
  const seeds = [
    requestXml({ content: '<samlp:NameIDPolicy AllowCreate="true"/>' }),
    '<?xml version="1.0"?><a b="c">d<!-- e --><![CDATA[f]]>&lt;</a>',
  ];
  const mutation = fc.record({
    seed: fc.constantFrom(...seeds),
    offset: fc.nat(600),
    drop: fc.nat(20),
    insert: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<',
        '>',
        '"',
        '&',
        '<!',
        '<?',
        ']]>',
        '<![CDATA[',
        '&#0;',
        '&#x110000;',
        'xmlns=""',
        '\ud800',
      ),
    ),
  });
  it('never throws, whatever is broken', async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async ({ seed, offset, drop, insert }) => {
        const xml = seed.slice(0, offset) + insert + seed.slice(offset + drop);
        assert.equal(typeof (await reasonOf(xml, 'protocol')), 'string');
      }),
      { numRuns: 500 },
    );
  });
});
