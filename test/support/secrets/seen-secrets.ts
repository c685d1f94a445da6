import type { Browserless } from '../servers/browserless.ts';

/** The secrets that a walk used, by a name for messages. */
export class SeenSecrets {
  readonly #values = new Map<string, string>();
  readonly #public = new Set<string>();

  /** Notes a secret. Returns it. */
  add<Value extends string>(name: string, value: Value): Value {
    if (value === '') throw new Error(`The walk found no ${name}.`);
    this.#values.set(value, name);
    return value;
  }

  /** Notes that this value, which looks like a token, is no secret. */
  allow(value: string): void {
    this.#public.add(value);
  }

  /** Notes what `browser` is sent from now on: cookies, and tokens in pages and addresses, whatever they are for. */
  watch(browser: Browserless): Browserless {
    const send = browser.send.bind(browser);
    browser.send = async (method, path, options) => {
      const answer = await send(method, path, options);
      for (const [name, value] of browser.cookies) if (value.length >= 16) this.add(`cookie ${name}`, value);
      for (const text of [path, answer.location ?? '', answer.body])
        for (const [token] of text.matchAll(TOKEN)) this.add(`token in ${path.replace(TOKEN, '…')}`, token);
      return answer;
    };
    return browser;
  }

  /** The names of the secrets that occur in one of these texts, plain or in a usual encoding, each with the text. */
  foundIn(texts: readonly string[]): string[] {
    const folded = texts.map((text) => text.toLowerCase());
    return [...this.#values].flatMap(([value, name]) => {
      if (this.#public.has(value)) return [];
      const isThere = finderOf(value);
      const found = texts.find((text, index) => isThere(text, folded[index] ?? ''));
      return found === undefined ? [] : [`${name} in ${found.slice(0, 200)}`];
    });
  }

  get size(): number {
    return this.#values.size;
  }
}

/** 32 random bytes as base64url. */
const TOKEN = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** Shorter values, such as codes, occur by chance: they are looked for as whole words only. */
const SHORT = 8;

/** Finds a value in a text, given also in lower case. */
function finderOf(value: string): (text: string, folded: string) => boolean {
  if (value.length < SHORT) {
    const word = new RegExp(`(?<![\\w-])${value}(?![\\w-])`);
    return (text) => word.test(text);
  }
  const plain = value.toLowerCase();
  const encoded = encodings(value);
  return (text, folded) => folded.includes(plain) || encoded.some((each) => text.includes(each));
}

function encodings(value: string): string[] {
  const bytes = Buffer.from(value);
  const variants = [bytes];
  if (/^[\w-]{43}$/.test(value)) variants.push(Buffer.from(value, 'base64url'));
  return [
    JSON.stringify(value).slice(1, -1),
    ...variants.flatMap((each) => [each.toString('hex'), ...base64s(each)]),
  ];
}

/** The base64 of these bytes wherever they stand in a longer text: without the characters that their neighbours change. */
function base64s(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const from = Math.ceil((before * 4) / 3);
    const to = Math.floor((padded.length * 4) / 3);
    return [padded.toString('base64').slice(from, to), padded.toString('base64url').slice(from, to)];
  });
}
