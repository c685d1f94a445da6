import assert from 'node:assert/strict';
import { formOf, type Answer, type Browserless } from '../servers/browserless.ts';
import type { DeclaredForm } from './declared-form.ts';

/** Values of a form: several for a field that is sent several times. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** A form that was opened, and how it is sent. */
export interface OpenedForm {
  /** Sends it filled in, but for `values`, and for the file if it takes one. */
  send(values?: Values, file?: string): Promise<Answer>;
  /** Sends it with a text at its end that is percent-encoded already. */
  sendRaw(end: string): Promise<Answer>;
}

/** Opens the page of a form and fills it in. `fill` puts existing names into a path. */
export async function openForm(
  browser: Browserless,
  path: string,
  form: DeclaredForm,
  fill: (path: string) => string,
): Promise<OpenedForm> {
  const inPath = (pattern: string) =>
    fill(pattern.replace(/:(\w+)/g, (parameter, name: string) => form.params?.[name] ?? parameter));
  const page = await browser.get(inPath(form.page ?? path), { followRedirects: true });
  assert.equal(page.status, 200, `${path}: ${page.body.slice(0, 300)}`);
  const action = inPath(path);
  const shown = fieldsOf(page, action);
  const filled = { ...shown, ...form.filled };
  const encoded = (values: Values) => {
    const pairs = Object.entries({ ...filled, ...values }).flatMap(([name, value]) =>
      [value].flat().map((each) => [name, each] as [string, string]),
    );
    return new URLSearchParams(pairs).toString();
  };
  const options = { site: 'same-origin' } as const;
  return {
    send: (values = {}, file = '') =>
      browser.post(action, encoded(values), {
        ...options,
        ...(form.file && { files: { [form.file.field]: file } }),
      }),
    sendRaw: (end) => browser.post(action, `${encoded({})}&${end}`, options),
  };
}

/** What the page sends by itself: the fields of this form, or else the token of any. */
function fieldsOf(page: Answer, action: string): Record<string, string> {
  const [path = ''] = action.split('?');
  if (page.body.includes(`action="${path}"`)) return formOf(page, path).fields;
  const names = page.body.includes('name="version"') ? ['csrf', 'version'] : ['csrf'];
  const { csrf = '', version } = formOf(page, '', names).fields;
  return { csrf, ...(version !== undefined && { version }) };
}
