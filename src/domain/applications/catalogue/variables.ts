import type { CatalogueVariable } from './template.ts';

/** Why a value can't stand for a variable, or undefined. `value` is what somebody typed. */
export function findVariableFault(variable: CatalogueVariable, value: string): string | undefined {
  const { label, kind, ending = '', example } = variable;
  const { form, what } = KINDS[kind];
  if (value.length > MOST_CHARACTERS) return `${label} must have at most ${MOST_CHARACTERS} characters.`;
  if (!form(value)) return `${label} must be ${what}, such as ${example}.`;
  if (!value.toLowerCase().endsWith(ending)) return `${label} must end with ${ending}.`;
  return undefined;
}

const MOST_CHARACTERS = 253; // of a host name (RFC 1035 §2.3.4)

/** What a variable can be. Where in a pattern each may stand is checked by `template.ts`. */
export const VARIABLE_KINDS = ['label', 'host', 'segment', 'number', 'text'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

interface Kind {
  form(value: string): boolean;
  /** For people, after “must be”. */
  readonly what: string;
}

/*
 * Each kind has only characters that mean nothing at its place in an address, so that a value can change neither the
 * scheme nor the host that a pattern names: no slash, colon, @, backslash, percent sign, and nothing beyond ASCII, which
 * browsers map to something else (“ⓔxample”, “example。com”).
 */
const KINDS: Readonly<Record<VariableKind, Kind>> = {
  label: {
    form: (value) => LABEL.test(value),
    what: 'one part of a host name (letters, digits and hyphens)',
  },
  host: {
    form: isHost,
    what: 'a host name (letters, digits, hyphens and dots; an international one in its xn-- form), with a port if need be',
  },
  segment: {
    // Two dots would lead to the folder above.
    form: (value) => /^[A-Za-z0-9._~-]+$/.test(value) && !/^\.{1,2}$/.test(value),
    what: 'one part of a path (letters, digits, dots, hyphens, underscores and tildes)',
  },
  number: {
    form: (value) => /^[0-9]{1,20}$/.test(value),
    what: 'a number',
  },
  text: {
    // A $ or a brace could begin a user's attribute where the value is mapped.
    form: (value) => /^[!-~]+$/.test(value) && !/[$<>"{}\\^`|]/.test(value),
    what: 'a name without spaces, in ASCII, without $, quotation marks, backslashes or brackets',
  },
};

function isHost(value: string): boolean {
  const [name = '', port, ...more] = value.split(':');
  if (more.length > 0 || (port !== undefined && !isPort(port))) return false;
  if (!name.split('.').every((label) => LABEL.test(label))) return false;
  // Browsers read a last label of digits as an IPv4 address, in several notations: 0x7f.1 is 127.0.0.1.
  return /[a-z]/i.test(name.split('.').at(-1) ?? '') && isSame(name);
}

const isPort = (port: string) => /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535;

/** Whether browsers read the name as it is written: `0x7f` is an address to them, and `xn--` must be followed by a name. */
function isSame(name: string): boolean {
  const url = `https://${name}/`;
  return URL.canParse(url) && new URL(url).hostname === name.toLowerCase();
}
