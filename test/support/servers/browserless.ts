import { request } from 'node:http';

/** An answer with the parts that tests look at. */
export interface Answer {
  status: number;
  headers: Map<string, string>;
  setCookies: string[];
  body: string;
  /** The target of a redirect, as a path if it is on our own server. */
  location: string | undefined;
}

export interface Form {
  action: string;
  method: string;
  fields: Record<string, string>;
}

interface RequestOptions {
  headers?: Record<string, string>;
  /** Sent as application/x-www-form-urlencoded. */
  form?: Record<string, string> | string;
  /** Contents by field: the form is then sent as multipart/form-data. */
  files?: Record<string, string>;
  json?: unknown;
  /** The value of Sec-Fetch-Site; `none` means that the person typed the address. */
  site?: 'same-origin' | 'cross-site' | 'none';
  followRedirects?: boolean;
}

/** A browser without scripts and rendering: it keeps cookies, follows redirects and sends forms. */
export class Browserless {
  readonly cookies = new Map<string, string>();
  readonly #port: number;
  readonly #host: string;
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Browserless/1.0';
  forwardedFor: string | undefined;

  constructor(publicUrl: URL, port = Number(publicUrl.port)) {
    this.#host = publicUrl.host;
    this.#port = port;
  }

  get(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.send('GET', path, options);
  }

  post(path: string, form: Record<string, string> | string, options: RequestOptions = {}): Promise<Answer> {
    return this.send('POST', path, { ...options, form });
  }

  /** Fills in and sends the form that has these fields. */
  submit(page: Answer, values: Record<string, string> = {}, options: RequestOptions = {}): Promise<Answer> {
    const form = formOf(page, '', Object.keys(values));
    return this.post(form.action, { ...form.fields, ...values }, { site: 'same-origin', ...options });
  }

  async send(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const answer = await this.#once(method, path, options);
    if (!options.followRedirects || answer.location === undefined) return answer;
    return this.get(answer.location, { ...options, followRedirects: true });
  }

  #once(method: string, path: string, options: RequestOptions): Promise<Answer> {
    const { form, files, json, site = 'none' } = options;
    const body = files
      ? withFiles(form, files)
      : json !== undefined
        ? JSON.stringify(json)
        : form === undefined
          ? undefined
          : typeof form === 'string'
            ? form
            : new URLSearchParams(form).toString();
    const headers: Record<string, string> = {
      host: this.#host,
      'user-agent': this.userAgent,
      'sec-fetch-site': site,
      ...(this.forwardedFor !== undefined && { 'x-forwarded-for': this.forwardedFor }),
      ...(this.cookies.size > 0 && {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(form !== undefined && {
        'content-type': files
          ? `multipart/form-data; boundary=${BOUNDARY}`
          : 'application/x-www-form-urlencoded',
      }),
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      ...options.headers,
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: 'localhost', port: this.#port, method, path, headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(this.#read(response, Buffer.concat(chunks).toString('utf8'))));
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  #read(
    response: { statusCode?: number | undefined; headers: Record<string, string | string[] | undefined> },
    body: string,
  ): Answer {
    const setCookies = response.headers['set-cookie'];
    const list = Array.isArray(setCookies) ? setCookies : [];
    for (const cookie of list) {
      const [pair = ''] = cookie.split(';');
      const separator = pair.indexOf('=');
      const value = pair.slice(separator + 1);
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie))
        this.cookies.delete(pair.slice(0, separator));
      else this.cookies.set(pair.slice(0, separator), value);
    }
    const headers = new Map(
      Object.entries(response.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    );
    const location = headers.get('location');
    return {
      status: response.statusCode ?? 0,
      headers,
      setCookies: list,
      body,
      location: location?.startsWith(`http://${this.#host}`)
        ? location.slice(`http://${this.#host}`.length)
        : location,
    };
  }
}

const BOUNDARY = '----BrowserlessBoundary';

/** A form with files, as a browser writes it (RFC 7578). */
function withFiles(form: RequestOptions['form'], files: Record<string, string>): string {
  const part = (disposition: string, content: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
  const fields = [...new URLSearchParams(form)].map(([name, value]) => part(`name="${name}"`, value));
  const contents = Object.entries(files).map(([name, content]) =>
    part(`name="${name}"; filename="a"`, content),
  );
  return `${[...fields, ...contents].join('')}--${BOUNDARY}--\r\n`;
}

/** The first form whose action contains `action` and that has these fields. Throws when there is none. */
export function formOf(page: Answer, action = '', names: readonly string[] = []): Form {
  for (const [, attributes = '', inner = ''] of page.body.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const target = attribute(attributes, 'action') ?? '';
    if (!target.includes(action)) continue;
    const fields: Record<string, string> = {};
    const present = new Set<string>();
    const add = (name: string | undefined, value: string) => {
      if (name === undefined) return;
      present.add(name);
      fields[name] = value;
    };
    for (const [, input = ''] of inner.matchAll(/<input([^>]*)>/g)) {
      const name = attribute(input, 'name');
      if (name === undefined) continue;
      present.add(name);
      // Browsers don't send what isn't checked.
      if (/type="(checkbox|radio)"/.test(input) && !/\schecked/.test(input)) continue;
      fields[name] = attribute(input, 'value') ?? '';
    }
    for (const [, textarea = '', text = ''] of inner.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs))
      add(attribute(textarea, 'name'), unescapeHtml(text));
    for (const [, select = '', options = ''] of inner.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
      const values = [...options.matchAll(/<option([^>]*)>/g)].map(([, option = '']) => option);
      const chosen = values.find((option) => /\sselected/.test(option)) ?? values[0] ?? '';
      add(attribute(select, 'name'), attribute(chosen, 'value') ?? '');
    }
    if (!names.every((name) => present.has(name))) continue;
    return { action: target, method: attribute(attributes, 'method') ?? 'get', fields };
  }
  throw new Error(
    `The page has no form${action ? ` for ${action}` : ''}: ${page.status} ${textOf(page).slice(0, 300)}`,
  );
}

/** The text of a page without its markup. */
export function textOf(page: Answer): string {
  return unescapeHtml(
    page.body
      .replace(/<wbr\/?>|<\/?bdi\b[^>]*>/g, '')
      .replace(/<(script|style|title)[^>]*>.*?<\/\1>/gs, ' ')
      .replace(/<[^>]+>/g, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim();
}

function attribute(markup: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(markup);
  return match?.[1] === undefined ? undefined : unescapeHtml(match[1]);
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(#?\w+);/g, (whole, name: string) => named[name] ?? whole);
}
