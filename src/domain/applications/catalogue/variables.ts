import type { CatalogueVariable } from './template.ts';

/** What is wrong with a user's value for a variable, for users; undefined when it is valid. */
export function findVariableFault(variable: CatalogueVariable, value: string): string | undefined {
  const { label, kind, ending = '', example } = variable;
  const { form, what } = KINDS[kind];
  if (value.length > MAX_CHARACTERS) return `${label} must have at most ${MAX_CHARACTERS} characters.`;
  if (!form(value)) return `${label} must be ${what}, such as ${example}.`;
  if (!value.toLowerCase().endsWith(ending)) return `${label} must end with ${ending}.`;
  return undefined;
}

const MAX_CHARACTERS = 253; // of a host name (RFC 1035 §2.3.4)

/** The kinds of variables. `template.ts` checks where in a pattern each may stand. */
export const VARIABLE_KINDS = ['label', 'host', 'segment', 'number', 'text'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

interface Kind {
  form(value: string): boolean;
  /** For users; follows “must be”. */
  readonly what: string;
}

/*
 * Each kind allows only characters without a special meaning at its place in an address, so that no value can
 * change the scheme or the host of a pattern: no slash, colon, @, backslash or percent sign, and nothing
 * beyond ASCII, which browsers map to other characters (“ⓔxample”, “example。com”).
 */
const KINDS: Readonly<Record<VariableKind, Kind>> = {
  label: {
    form: (value) => LABEL.test(value),
    what: 'one part of a host name (letters, digits and hyphens)',
  },
  host: {
    form: isHost,
    what: 'a host name (letters, digits, hyphens and dots; an international one in its xn-- form), with a port if it needs one',
  },
  segment: {
    // A segment of two dots would mean the parent folder.
    form: (value) => /^[A-Za-z0-9._~-]+$/.test(value) && !/^\.{1,2}$/.test(value),
    what: 'one part of a path (letters, digits, dots, hyphens, underscores and tildes)',
  },
  number: {
    form: (value) => /^[0-9]{1,20}$/.test(value),
    what: 'a number',
  },
  text: {
    // A $ or a brace could start a user attribute where the value becomes part of a mapping.
    form: (value) => /^[!-~]+$/.test(value) && !/[$<>"{}\\^`|]/.test(value),
    what: 'a name without spaces, in ASCII, without $, quotation marks, backslashes or brackets',
  },
};

function isHost(value: string): boolean {
  const [name = '', port, ...more] = value.split(':');
  if (more.length > 0 || (port !== undefined && !isPort(port))) return false;
  if (!name.split('.').every((label) => LABEL.test(label))) return false;
  // Browsers read a name whose last label is a number as an IPv4 address, in several notations: 0x7f.1 is
  // 127.0.0.1.
  return /[a-z]/i.test(name.split('.').at(-1) ?? '') && isSame(name);
}

const isPort = (port: string) => /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535;

/**
 * Whether browsers keep the name unchanged: they read `0x7f` as an address, and reject an invalid name after
 * `xn--`.
 */
function isSame(name: string): boolean {
  const url = `https://${name}/`;
  return URL.canParse(url) && new URL(url).hostname === name.toLowerCase();
}
