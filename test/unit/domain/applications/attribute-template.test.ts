import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  compileTemplate,
  evaluateTemplate,
  needsGroups,
  USER_VARIABLES,
  valuesBudget,
  type Template,
  type TemplatePart,
  type TemplateSubject,
} from '../../../../src/domain/applications/attribute-template.ts';
import type { GroupId } from '../../../../src/foundation/platform/ids.ts';
import { failsWith } from '../../../support/basics/failures.ts';

const ana: TemplateSubject['user'] = {
  userName: 'ana.souza',
  email: 'ana@example.com',
  givenName: 'Ana',
  familyName: 'Souza',
  displayName: 'Ana Souza',
  attributes: { middleName: 'M.' },
};
const groups = ['g-1', 'g-2'].map((id) => ({ id: id as GroupId, displayName: `Group ${id}` }));

function compiled(text: string): Template {
  const result = compileTemplate(text);
  assert.ok(result.ok, `${text}: ${result.ok ? '' : result.message}`);
  return result.template;
}

const evaluate = (text: string, subject: Partial<TemplateSubject> = {}) =>
  evaluateTemplate(compiled(text), { user: ana, groups, groupValues: 'ids', ...subject });

describe('attribute templates', () => {
  const values: [template: string, values: string[]][] = [
    ['${user:email}', ['ana@example.com']],
    ['${user:familyName}', ['Souza']],
    ['${user:givenName}', ['Ana']],
    ['${user:middleName}', ['M.']],
    ['${user:name}', ['Ana Souza']],
    ['${user:preferredUsername}', ['ana.souza']],
    ['${user:subject}', ['ana.souza']],
    ['${user:AD_GUID}', []],
    ['${user:groups}', ['g-1', 'g-2']],
    ['staff', ['staff']],
    ['${user:givenName} ${user:familyName}', ['Ana Souza']],
    ['${user:givenName}${user:givenName}', ['AnaAna']],
    ['<${user:email}> & "co"', ['<ana@example.com> & "co"']],
    ['guid:${user:AD_GUID}', []],
    ['${user:AD_GUID}${user:email}', ['ana@example.com']],
    ['team/${user:groups}', ['team/g-1', 'team/g-2']],
    ['${user:subject}:${user:groups}', ['ana.souza:g-1', 'ana.souza:g-2']],
    ['$${user:givenName}}', ['$Ana}']],
    ['costs $5', ['costs $5']],
    ['{user:email}', ['{user:email}']],
  ];
  for (const [template, expected] of values) {
    it(`turns ${template} into ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(evaluate(template), expected));
  }

  it('gives no value when every variable is empty, and one when any has a value', () => {
    const user = { ...ana, givenName: '', familyName: '', attributes: {} };
    assert.deepEqual(evaluate('${user:middleName}', { user }), []);
    assert.deepEqual(evaluate('${user:givenName} ${user:familyName}', { user }), []);
    assert.deepEqual(evaluate('${user:givenName}, ${user:email}', { user }), [', ana@example.com']);
  });

  it('gives no value for groups when the user has none, whatever surrounds them', () => {
    assert.deepEqual(evaluate('${user:groups}', { groups: [] }), []);
    assert.deepEqual(evaluate('${user:email} in ${user:groups}', { groups: [] }), []);
  });

  it('needs the user’s groups only if it maps them', () => {
    assert.equal(needsGroups(compiled('a ${user:groups} b')), true);
    for (const name of USER_VARIABLES.filter((each) => each !== 'groups')) {
      assert.equal(needsGroups(compiled(`\${user:${name}}`)), false);
    }
    assert.equal(needsGroups(compiled('groups')), false);
  });

  it('gives one value for each of ten thousand groups, but stops where no assertion would hold the values', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      id: `906700aaaa-6b1c2d3e-0000-4000-8000-${String(index).padStart(12, '0')}` as GroupId,
      displayName: 'g',
    }));
    assert.equal(evaluate('${user:groups}', { groups: many }).length, 10_000);
    assert.throws(
      () => evaluate('${user:groups}'.repeat(292), { groups: many }),
      failsWith('ConflictException'),
    );
    const named = { ...ana, displayName: 'x'.repeat(1024) };
    const subject = { user: named, groups: many, groupValues: 'names' } as const;
    for (const text of ['${user:groups}', '${user:name}'.repeat(340)]) {
      const budget = valuesBudget();
      const oneOf200 = () => evaluateTemplate(compiled(text), subject, budget);
      assert.throws(() => Array.from({ length: 200 }, oneOf200), failsWith('ConflictException'), text);
    }
  });

  it('replaces characters of user data that XML forbids', () => {
    const user = { ...ana, displayName: 'A\u0000n\uFFFEa\u2028\uD800!' };
    assert.deepEqual(evaluate('${user:name}', { user }), ['A n a  !']);
  });

  const refused: [template: string, message: RegExp][] = [
    ['', /needs a value/],
    ['   ', /needs a value/],
    [
      '${user:mail}',
      /“\$\{user:mail\}” is not known\. The known attributes are \$\{user:AD_GUID\}, \$\{user:email\}, .*\$\{user:subject\}\.$/,
    ],
    ['${user:Email}', /not known/],
    ['${user:}', /not known/],
    ['${user: email}', /not known/],
    ['${}', /not known/],
    ['${email}', /not known/],
    ['${dir:email}', /not known/],
    ['${path:userName}', /not known/],
    ['${user:toString}', /not known/],
    ['${user:${user:email}}', /“\$\{user:\$\{user:email\}” is not known/],
    ['${user:email} and ${user:nothing}', /“\$\{user:nothing\}” is not known/],
    ['${user:email', /“\$\{user:email” is never closed/],
    ['a ${', /“\$\{” is never closed/],
    ['tab\u0000', /U\+0000 at position 4/],
  ];
  for (const [template, message] of refused) {
    it(`refuses ${JSON.stringify(template)}`, () => {
      const result = compileTemplate(template);
      assert.ok(!result.ok);
      assert.match(result.message, message);
    });
  }

  const literal = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', ' ', '$', '}', '{', ':', 'ä', '&', '<', '"') })
    .filter((text) => !text.includes('${'));
  const variable = fc.constantFrom(...USER_VARIABLES);
  const parts = fc
    .array(
      fc.oneof(
        variable.map((name) => ({ variable: name })),
        literal.map((text) => ({ text })),
      ),
      { minLength: 1 },
    )
    .map(joinTexts)
    .filter((list) => written(list).trim() !== '' && readsBack(list));

  it('parses every template that can be written', () => {
    fc.assert(fc.property(parts, (list) => assert.deepEqual(compiled(written(list)).parts, list)));
  });

  it('never throws, and accepts only templates that it can write back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'user:', 'email', 'x', ' ') }), (text) => {
        const result = compileTemplate(text);
        if (result.ok) assert.equal(written(result.template.parts), text);
        else assert.notEqual(result.message, '');
      }),
    );
  });

  it('puts every non-empty value into a mixed text, in order', () => {
    const value = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', '.', '@', '-', 'é') });
    const user = fc.record({
      userName: value,
      email: value,
      givenName: value,
      familyName: value,
      displayName: value,
    });
    fc.assert(
      fc.property(user, literal, (names, text) => {
        const template = written([{ variable: 'givenName' }, { text: `|${text}|` }, { variable: 'email' }]);
        const [result] = evaluate(template, { user: { ...names, attributes: {} } });
        assert.equal(result, `${names.givenName}|${text}|${names.email}`);
      }),
    );
  });
});

function written(parts: readonly TemplatePart[]): string {
  return parts.map((part) => ('text' in part ? part.text : `\${user:${part.variable}}`)).join('');
}

/** Joins neighbouring texts, which are one text once they are written. */
function joinTexts(parts: readonly TemplatePart[]): TemplatePart[] {
  return parts.reduce<TemplatePart[]>((joined, part) => {
    const last = joined.at(-1);
    if (last && 'text' in last && 'text' in part)
      return [...joined.slice(0, -1), { text: last.text + part.text }];
    return [...joined, part];
  }, []);
}

/** Whether no text contains `${`, which two joined texts may form although neither has it. */
function readsBack(parts: readonly TemplatePart[]): boolean {
  return parts.every((part) => !('text' in part) || !part.text.includes('${'));
}
