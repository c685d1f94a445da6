/** A form of a page: what a browser would send, and where. */
export interface HtmlForm {
  readonly action: string | undefined;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  /** All its attributes, by lower-case name. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Fields that a browser sends only when they are chosen. */
const CHOSEN = new Set(['submit', 'button', 'image', 'reset', 'checkbox', 'radio', 'file']);

/** The forms of a page with their inputs. Enough for pages made of plain forms; what scripts build isn't seen. */
export function formsOf(html: string): HtmlForm[] {
  const forms: (HtmlForm & { readonly fields: Record<string, string> })[] = [];
  let isInside = false;
  for (const { name, attributes: read } of tagsOf(html)) {
    const form = forms.at(-1);
    if (name === '/form') isInside = false;
    else if (name === 'form') {
      const attributes = attributesOf(read);
      const method = attributes.get('method')?.toLowerCase() ?? 'get';
      forms.push({ action: attributes.get('action'), method, fields: {}, attributes });
      isInside = true;
    } else if (name === 'input' && form && isInside) addField(form.fields, attributesOf(read));
  }
  return forms;
}

function addField(fields: Record<string, string>, attributes: ReadonlyMap<string, string>): void {
  const name = attributes.get('name') ?? '';
  if (name === '' || CHOSEN.has(attributes.get('type')?.toLowerCase() ?? 'text')) return;
  fields[name] = attributes.get('value') ?? '';
}

interface Tag {
  /** Lower case, with the slash of an end tag. */
  readonly name: string;
  readonly attributes: string;
}

/** The tags of a page from left to right, each character looked at once; scripts and styles hold none. */
function* tagsOf(html: string): Generator<Tag> {
  const lower = html.toLowerCase();
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const name = /^\/?[a-z][a-z0-9-]*/.exec(lower.slice(at + 1, at + 33))?.[0];
    at += 1;
    if (name === undefined) continue;
    const end = endOfTag(html, at + name.length);
    if (end === -1) return;
    yield { name, attributes: html.slice(at + name.length, end) };
    at = end + 1;
    if (name === 'script' || name === 'style') {
      at = lower.indexOf(`</${name}`, at);
      if (at === -1) return;
    }
  }
}

/** Where the tag closes: a quoted value may hold `>`. */
function endOfTag(html: string, from: number): number {
  for (let at = from; at < html.length; at++) {
    const character = html.charAt(at);
    if (character === '>') return at;
    if (character !== '"' && character !== "'") continue;
    at = html.indexOf(character, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

function attributesOf(markup: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of markup.matchAll(ATTRIBUTE)) {
    attributes.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

const NAMED: Readonly<Partial<Record<string, string>>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
