import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { startConsoleForms, type ConsoleForms } from '../../../support/console-forms/console-forms.ts';
import type { DeclaredField, DeclaredForm } from '../../../support/console-forms/declared-form.ts';
import { faultAt } from '../../../support/console-forms/fault-at.ts';
import { CONSOLE_FORMS } from '../../../support/console-forms/forms.ts';
import { MALFORMED, ODD_TEXTS, oddTexts, type OddText } from '../../../support/console-forms/odd-texts.ts';
import type { OpenedForm } from '../../../support/console-forms/opened-form.ts';
import { textOf, type Answer } from '../../../support/servers/browserless.ts';

/** Fields that no form has: they mean nothing. */
const EXTRA = { constructor: 'x', enabled: 'true', access: 'full', instanceId: 'x' };

type Visit = (path: string, form: DeclaredForm, opened: OpenedForm) => Promise<void>;

describe('every form of the console', function () {
  this.timeout(60_000); // hundreds of requests
  let forms: ConsoleForms;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    forms = await startConsoleForms();
  });
  after(() => forms.server.stop());

  const visit = (paths: readonly string[], act: Visit) =>
    forms.changesNothing(paths.join(', '), async () => {
      for (const path of paths)
        for (const form of CONSOLE_FORMS[path] ?? []) await act(path, form, await forms.open(path, form));
    });

  it('is declared, with what its fields take', () => {
    assert.deepEqual(Object.keys(CONSOLE_FORMS).sort(), [...forms.paths].sort());
  });

  // A text for every field; `npm run conformance` has the others.
  it('refuses markup beside its field, or takes it as text', () =>
    visit(Object.keys(CONSOLE_FORMS), (path, form, opened) => tryText(path, form, opened, 'HTML')));

  for (const path of Object.keys(CONSOLE_FORMS)) {
    it(inConformance(`${path}: refuses odd texts beside their field, or takes them as text`), () =>
      visit([path], async (_, form, opened) => {
        for (const [odd] of oddTexts) await tryText(path, form, opened, odd);
      }),
    );

    it(inConformance(`${path}: says what is wrong`), () => visit([path], tryWrong));

    it(inConformance(`${path}: refuses what no page sends`), () => visit([path], tryMalformed));
  }
});

/** Sends the form with an odd text in each of its fields. */
async function tryText(path: string, form: DeclaredForm, opened: OpenedForm, odd: OddText): Promise<void> {
  for (const [name, field] of Object.entries(form.fields)) {
    const sent = { [name]: ODD_TEXTS[odd] };
    const about = `${path}, ${name}: ${odd}`;
    if (field.takes.includes(odd)) {
      assertTaken(await opened.send({ ...sent, ...form.spoiled }), form, name, odd, about);
    } else {
      const answer = await opened.send(sent);
      assertRefusedAt(answer, field, name, about);
      if (!field.hidden) assertKept(answer, form, name, about);
    }
  }
}

async function tryWrong(path: string, { fields, file }: DeclaredForm, opened: OpenedForm): Promise<void> {
  for (const [name, field] of Object.entries(fields)) {
    for (const [value, says] of field.wrong) {
      const about = `${path}, ${name}: ${JSON.stringify(value).slice(0, 60)}`;
      const answer = await opened.send({ [name]: value });
      if (field.hidden) assertRefused(answer, about);
      else assertRefusedAt(answer, field, name, about, says);
    }
  }
  for (const [content, says] of file?.wrong ?? []) {
    const { field } = file ?? assert.fail();
    const about = `${path}, ${field}: ${content.slice(0, 60)}`;
    assertRefusedAt(await opened.send({}, content), { takes: [], wrong: [] }, field, about, says);
  }
}

/** The form is refused as a whole: no person has typed this. */
async function tryMalformed(path: string, { fields }: DeclaredForm, opened: OpenedForm): Promise<void> {
  for (const [what, encoded] of Object.entries(MALFORMED))
    assertRefused(await opened.sendRaw(`extra=${encoded}`), `${path}: ${what}`);
  for (const [name, { hidden }] of Object.entries(fields)) {
    const answer = await opened.send({ ...EXTRA, [name]: [ODD_TEXTS.HTML, ODD_TEXTS.emoji] });
    if (hidden === 'ignored') assertHarmless(answer, `${path}, ${name} twice`);
    else assertRefused(answer, `${path}, ${name} twice`);
  }
}

/** The words of the schemas' library. */
const FOR_PROGRAMMERS =
  /Invalid (?:input|option|string)|Too (?:big|small)|(?:expected|received) (?:string|array|number|NaN)/;

/** Every answer, whatever was sent: markup is text, and nothing is an internal error. */
function assertHarmless(answer: Answer, about: string): void {
  assert.ok(answer.status < 500, `${about}: ${answer.status}`);
  assert.doesNotMatch(answer.body, /<script>alert|<img src=x/, about);
}

function assertRefused(answer: Answer, about: string): void {
  assertHarmless(answer, about);
  assert.doesNotMatch(textOf(answer), FOR_PROGRAMMERS, about);
  assert.ok(answer.status >= 400, `${about}: ${answer.status} ${textOf(answer).slice(0, 300)}`);
}

/** Refused with a message beside the field, or as a whole when the page fills the field in. */
function assertRefusedAt(
  answer: Answer,
  { hidden }: DeclaredField,
  name: string,
  ...[about, says = /./]: [string, RegExp?]
): void {
  if (hidden === 'ignored') {
    assertHarmless(answer, about);
    return;
  }
  assertRefused(answer, about);
  if (hidden) return;
  const fault = faultAt(answer, name) ?? `nothing: ${textOf(answer).slice(0, 500)}`;
  assert.match(fault, says, `${about} says ${fault}`);
  assert.match(answer.body, /<title>(?:Nothing was|Changed meanwhile|Error)/, about);
}

/** Not refused for this field: if the form is spoiled, it is for another reason. */
function assertTaken(
  answer: Answer,
  { spoiled }: DeclaredForm,
  ...[name, odd, about]: [string, OddText, string]
): void {
  assertHarmless(answer, about);
  const expected = spoiled ? [400, 409] : [200];
  assert.ok(expected.includes(answer.status), `${about}: ${answer.status} ${textOf(answer).slice(0, 500)}`);
  assert.equal(faultAt(answer, name), undefined, about);
  assert.ok(answer.body.includes(inHtml(ODD_TEXTS[odd].trim())), `${about} is not shown again`);
}

/** What was typed into the other fields is shown again, but for the word that has to be typed again. */
function assertKept(
  answer: Answer,
  { fields, filled = {} }: DeclaredForm,
  name: string,
  about: string,
): void {
  for (const [other, value] of Object.entries(filled)) {
    if (other === name || other === 'confirmation' || !fields[other]) continue;
    assert.ok(answer.body.includes(inHtml(value)), `${about}: ${other} is not shown again`);
  }
}

const inHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
