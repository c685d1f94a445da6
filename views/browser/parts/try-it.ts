import { presentToken } from './token.ts';

/** Longer answers are cut: a page with a text of many megabytes would no longer react. */
const MAX_SHOWN = 200_000;

/** Calls the operation of the page, and shows the answer. Nothing is sent before somebody presses the button. */
export function tryIt(part: HTMLElement): void {
  const send = part.querySelector<HTMLButtonElement>('[data-part="send"]');
  const body = part.querySelector<HTMLTextAreaElement>('[data-part="body"]');
  const type = part.querySelector('select');
  const fields = [...part.querySelectorAll<HTMLInputElement>('[data-place]')];
  const { method = 'GET', path = '' } = part.dataset;
  if (!send) return;
  for (const field of fields) keep(field);

  const call = async () => {
    clear(part);
    const missing = fields.filter(({ dataset, value }) => dataset['place'] === 'path' && value.trim() === '');
    for (const field of missing) blame(part, field.dataset['name'] ?? '', 'Fill it in.');
    const dots = fields.filter(
      ({ dataset, value }) => dataset['place'] === 'path' && /^\.\.?$/.test(value.trim()),
    );
    // The browser would take them away, also encoded, and lead to another operation: `users/..` is the organization.
    for (const field of dots) blame(part, field.dataset['name'] ?? '', 'This can’t be a part of an address.');
    const wrong = [...missing, ...dots];
    if (wrong.length > 0) {
      wrong[0]?.focus();
      return;
    }
    if (part.dataset['destroys'] !== undefined && !confirm(`Really send ${method} ${path}?`)) return;
    send.disabled = true;
    const startedAt = performance.now();
    try {
      const answer = await fetch(addressOf(path, fields), {
        method,
        headers: {
          ...(presentToken() !== '' && { authorization: `Bearer ${presentToken()}` }),
          ...(body && { 'content-type': type?.value ?? body.dataset['type'] ?? 'application/json' }),
        },
        ...(body && { body: body.value }),
        credentials: 'omit',
        redirect: 'error',
      });
      const text = await answer.text();
      show(part, answer, text, performance.now() - startedAt);
    } catch {
      status(part, 'No answer: the server can’t be reached.');
    }
    send.disabled = false;
  };
  send.addEventListener('click', () => void call());
  part.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.id !== 'token') {
      event.preventDefault();
      void call();
    }
  });
}

/** What was typed is there again on the pages of other operations, until the tab is closed. */
function keep(field: HTMLInputElement): void {
  if (field.dataset['place'] !== 'path') return;
  const key = `vestibule-api-${field.dataset['name'] ?? ''}`;
  const given = new URLSearchParams(location.search).get(field.dataset['name'] ?? '');
  if (given === null) field.value = sessionStorage.getItem(key) ?? field.value;
  field.addEventListener('input', () => sessionStorage.setItem(key, field.value));
}

function addressOf(path: string, fields: readonly HTMLInputElement[]): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const { dataset, value } of fields) {
    const name = dataset['name'] ?? '';
    // Encoded, so that a value can't lead to another operation.
    if (dataset['place'] === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(value.trim()));
    else if (value !== '') query.append(name, value);
  }
  const search = query.toString();
  return `/api/v1${filled}${search && `?${search}`}`;
}

/** A fault of a problem (RFC 9457): where it is, and what is wrong. */
interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

function show(part: HTMLElement, answer: Response, text: string, ms: number): void {
  const type = answer.headers.get('content-type') ?? '';
  const retry = answer.headers.get('retry-after');
  const parsed = /json/.test(type) ? parse(text) : undefined;
  const facts = [
    `${answer.status} ${answer.statusText}`.trim(),
    `${Math.round(ms)} ms`,
    ...(type === '' ? [] : [type.split(';')[0] ?? '']),
    ...(retry === null ? [] : [`try again after ${retry} s`]),
  ];
  status(part, facts.join(' · '));
  const pretty = parsed === undefined ? text : JSON.stringify(parsed, undefined, 2);
  const shown = part.querySelector<HTMLElement>('[data-part="answer"]');
  if (shown) {
    // As text: an answer contains what people have typed.
    shown.textContent = pretty.length > MAX_SHOWN ? `${pretty.slice(0, MAX_SHOWN)}\n… (cut)` : pretty;
    shown.hidden = pretty === '';
  }
  for (const fault of faultsOf(parsed)) {
    blame(part, fault.pointer.replace(/^#?\/?/, ''), fault.detail);
  }
}

function faultsOf(parsed: unknown): readonly Fault[] {
  if (typeof parsed !== 'object' || parsed === null || !('errors' in parsed)) return [];
  const { errors } = parsed;
  return Array.isArray(errors) ? errors.filter(isFault) : [];
}

function isFault(value: unknown): value is Fault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pointer' in value &&
    'detail' in value &&
    typeof value.pointer === 'string' &&
    typeof value.detail === 'string'
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Shows what is wrong beside its field, or in the list of what is wrong with the body. */
function blame(part: HTMLElement, name: string, message: string): void {
  const beside = [...part.querySelectorAll<HTMLElement>('[data-error]')].find(
    ({ dataset }) => dataset['error'] === name,
  );
  if (beside) {
    beside.textContent = message;
    beside.hidden = false;
    document.getElementById(beside.id.replace(/-error$/, ''))?.setAttribute('aria-invalid', 'true');
    return;
  }
  const item = document.createElement('li');
  item.textContent = name === '' ? message : `${name}: ${message}`;
  part.querySelector('[data-part="errors"]')?.append(item);
}

function clear(part: HTMLElement): void {
  for (const error of part.querySelectorAll<HTMLElement>('[data-error]')) error.hidden = true;
  for (const field of part.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  part.querySelector('[data-part="errors"]')?.replaceChildren();
}

function status(part: HTMLElement, words: string): void {
  const result = part.querySelector<HTMLElement>('[data-part="result"]');
  const line = part.querySelector('[data-part="status"]');
  if (result) result.hidden = false;
  if (line) line.textContent = words;
}
