import assert from 'node:assert/strict';
import { ConfirmByWord } from '../../../../views/components/console/confirm-by-word.tsx';
import { ConsoleForm } from '../../../../views/components/console/console-form.tsx';
import type { Field } from '../../../../views/components/console/field.ts';
import { MAX_SHOWN, shownAgain } from '../../../../views/components/console/shown-again.ts';
import { all, html, textOf } from '../../../support/pages/rendering.tsx';

const options = [
  { value: 'a', label: 'First', help: 'The first one.' },
  { value: 'b', label: 'Second' },
];
const wrong = { help: 'Help.', error: 'Wrong.' };
const everyKind: Field[] = [
  { kind: 'text', name: 'text', label: 'Text', value: 'typed text', ...wrong },
  { kind: 'email', name: 'email', label: 'Email', value: 'typed@', ...wrong },
  { kind: 'url', name: 'url', label: 'Address', value: 'http:typed', ...wrong },
  { kind: 'password', name: 'password', label: 'Password', ...wrong },
  { kind: 'textarea', name: 'area', label: 'Area', value: '\ntyped lines', ...wrong },
  { kind: 'select', name: 'select', label: 'Select', value: 'b', options, ...wrong },
  { kind: 'radio', name: 'radio', label: 'Radio', value: 'b', options, ...wrong },
  { kind: 'checks', name: 'checks', label: 'Checks', values: ['b'], options, ...wrong },
  { kind: 'file', name: 'file', label: 'File', ...wrong },
  {
    kind: 'duration',
    name: 'time',
    label: 'Time',
    amount: 'typed',
    unit: 'hours',
    units: ['minutes', 'hours'],
    ...wrong,
  },
];
const form = { id: 'f', action: '/save', csrf: 'csrf-token', submitLabel: 'Save', cancelHref: '/back' };
const refused = html(<ConsoleForm {...form} fields={everyKind} />);

describe('a form that is shown again', () => {
  it('keeps what was typed and chosen', () => {
    for (const value of ['typed text', 'typed@', 'http:typed', 'typed'])
      assert.match(refused, new RegExp(`value="${value}"`));
    // The parser leaves out one line break after the tag.
    assert.match(refused, /<textarea[^>]*>\n\ntyped lines<\/textarea>/);
    assert.deepEqual(all(refused, /value="(\w+)" selected/g), ['b', 'hours']);
    assert.deepEqual(all(refused, /name="(radio|checks)" value="b" checked/g), ['radio', 'checks']);
    assert.equal(all(refused, / checked/g).length, 2);
  });

  it('links every fault to its field, and describes the field by fault and help', () => {
    const ids = new Set(all(refused, /\sid="([^"]*)"/g));
    const links = all(refused, /<a href="#([^"]*)"/g);
    assert.equal(links.length, everyKind.length);
    for (const id of links) assert.ok(ids.has(id), `a link leads to #${id}`);
    const described = all(refused, /aria-describedby="([^"]*)"/g).flatMap((list) => list.split(' '));
    for (const id of described) assert.ok(ids.has(id), `something is described by ${id}`);
    for (const { name } of everyKind)
      assert.ok(described.includes(`f-${name}-error`) && described.includes(`f-${name}-help`), name);
    assert.match(refused, /there are 10 problems/);
    assert.ok(all(refused, /aria-invalid="true"/g).length >= everyKind.length);
  });

  it('leaves out texts that are too long together, and says so', () => {
    const text = (name: string, length: number, error?: string): Field => ({
      ...{ kind: 'textarea', name, label: name, value: '"'.repeat(length), error },
    });
    const fields = [text('some', 2), text('long', MAX_SHOWN - 1, 'Wrong.'), text('rest', MAX_SHOWN - 2)];
    const [some, long, rest] = shownAgain(fields);
    assert.deepEqual(some, fields[0]);
    assert.deepEqual(rest, fields[2]);
    const message =
      'Wrong. What was entered is too long to be shown again (262,143 characters). Enter it anew.';
    assert.deepEqual(long, { ...fields[1], value: '', error: message });
    // An attacker's form isn't answered with six times its size, nor by many fields.
    const many = Array.from({ length: 40 }, (_, index) => text(`f${index}`, MAX_SHOWN / 10));
    const shown = html(<ConsoleForm {...form} fields={many} />);
    assert.ok(shown.length < 7 * MAX_SHOWN, String(shown.length));
    assert.match(shown, /there are 30 problems/);
    // What isn't text is shown in any case.
    assert.deepEqual(shownAgain(everyKind), everyKind);
    const duration: Field = {
      ...{ kind: 'duration', name: 'time', label: 'Time', unit: 'hours', units: ['hours'] },
      amount: '1'.repeat(MAX_SHOWN + 1),
    };
    assert.match(JSON.stringify(shownAgain([duration])), /"amount":""/);
  });

  it('says which fields are optional, and shows none as wrong at first', () => {
    const first = html(
      <ConsoleForm {...form} fields={[{ kind: 'text', name: 'n', label: 'N', value: '', optional: true }]} />,
    );
    assert.match(textOf(first), /^N \(optional\)/);
    assert.doesNotMatch(first, /aria-invalid|aria-describedby|role="alert"|enctype/);
  });

  it('never shows a password again', () => {
    assert.doesNotMatch(/<input[^>]*type="password"[^>]*>/.exec(refused)?.[0] ?? 'value', /value/);
  });

  it('folds a section until one of its fields is filled in or wrong', () => {
    const shown = (value: string, error?: string) => {
      const section = 'Address';
      const street: Field = { kind: 'text', name: 's', label: 'Street', value, section, error };
      const city: Field = { kind: 'text', name: 'c', label: 'City', value: '', section };
      return html(<ConsoleForm {...form} fields={[street, city]} />);
    };
    assert.match(
      shown(''),
      /<details class="v-field-section"><summary>Address<\/summary>.*Street.*City.*<\/details>/s,
    );
    assert.match(shown('Main Street'), /<details class="v-field-section" open>/);
    assert.match(shown('', 'Too long.'), /<details class="v-field-section" open>/);
  });

  it('searches options when Enter is pressed, instead of sending the form away', () => {
    const find = { query: '"b', label: 'Part of a name', about: 'There are others.' };
    const shown = html(
      <ConsoleForm
        {...form}
        fields={[{ kind: 'checks', name: 'checks', label: 'C', values: [], options, find }]}
      />,
    );
    assert.match(/<button type="submit"[^>]*>/.exec(shown)?.[0] ?? '', /name="find" value="checks"/);
    assert.match(shown, /name="checks\.q"[^>]* value="&quot;b"/);
  });

  it('sends files', () => assert.match(refused, /enctype="multipart\/form-data"/));
});

describe('a form whose record was changed meanwhile', () => {
  it('compares both changes, has the new version, and overwrites only knowingly', () => {
    const shown = html(
      <ConsoleForm
        {...form}
        fields={[{ kind: 'text', name: 'name', label: 'Name', value: 'mine' }]}
        version={8}
        conflict={{
          ...{ by: 'Bo', when: '2 minutes ago', takeTheirsHref: '/edit' },
          values: [{ label: 'Name', yours: 'mine', theirs: '' }],
        }}
      />,
    );
    assert.match(shown, /name="version" value="8"/);
    assert.match(shown, /name="name"[^>]*value="mine"/);
    assert.match(textOf(shown), /Field Yours Theirs Name mine empty/);
    assert.match(textOf(shown), /Save over theirs/);
    assert.match(shown, /<a href="\/edit">take theirs/);
  });
});

describe('a confirmation by word', () => {
  const confirm = (
    <ConfirmByWord
      {...{ id: 'c', action: '/delete', csrf: 'csrf-token', word: 'DELETE', submitLabel: 'Delete' }}
      {...{
        cancelHref: '/back',
        cancelLabel: 'Keep it',
        error: 'Type DELETE, exactly as it is shown.',
        version: 3,
      }}
      consequences={['All users are deleted.']}
      hidden={{ id: ['1', '2'] }}
      acknowledged={[{ name: 'seen', label: 'I understand.', checked: true }]}
    />
  );

  it('says what will happen before it asks', () => {
    const text = textOf(html(confirm));
    assert.ok(text.indexOf('All users are deleted.') < text.indexOf('Type DELETE to confirm'));
  });

  it('keeps check marks and hidden values, but not the word', () => {
    const shown = html(confirm);
    assert.match(shown, /name="seen" value="yes" checked/);
    assert.deepEqual(all(shown, /name="id" value="(\d)"/g), ['1', '2']);
    assert.doesNotMatch(/<input[^>]*name="confirmation"[^>]*>/.exec(shown)?.[0] ?? 'value', /\svalue/);
    assert.match(shown, /href="#c-confirmation"/);
  });

  it('says which sentences are not checked, once it was sent', () => {
    const acknowledged = [
      { name: 'seen', label: 'I understand.', checked: true },
      { name: 'sure', label: 'I am sure.', checked: false },
    ];
    const asked = { ...{ id: 'c', action: '/delete', csrf: 'csrf-token', word: 'DELETE', acknowledged } };
    const ways = { submitLabel: 'Delete', cancelHref: '/back', cancelLabel: 'Keep it', consequences: [] };
    assert.doesNotMatch(html(<ConfirmByWord {...asked} {...ways} />), /role="alert"|aria-invalid/);
    const sent = html(<ConfirmByWord {...asked} {...ways} isSent problem="Bo has changed it." />);
    assert.match(textOf(sent), /^Nothing was changed Bo has changed it\. Check “I am sure\.”/);
    assert.deepEqual(all(sent, /<a href="#([^"]*)"/g), ['c-sure']);
    assert.equal(all(sent, /aria-invalid="true"/g).length, 1);
  });
});
