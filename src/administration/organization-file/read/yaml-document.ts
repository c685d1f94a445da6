import type { Document, LineCounter, Pair, YAMLError, YAMLMap } from 'yaml';
import { formatPath, shorten, wholeFileFault, type FileFault, type Path } from './fault.ts';
import { compose, readTokens, type Yaml } from './yaml-tokens.ts';
import { nextTurn } from '../../../foundation/platform/turns.ts';

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A parsed document that knows the places of its values. */
export interface YamlDocument {
  readonly value: unknown;
  /**
   * The place where the value of a path begins. For a key without a value it is the place of the key, and for a path
   * that isn't in the document that of the mapping or list that would contain it.
   */
  placeOf(path: Path): Place;
  /** The place of an entry's key. */
  placeOfKey(path: Path): Place;
}

export type YamlResult =
  /**
   * `faults` don't prevent reading the document (such as a key given twice), so that its other faults are found too.
   */
  | { readonly ok: true; readonly document: YamlDocument; readonly faults: readonly FileFault[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** Limits the number of aliases, because each needs a search through all anchors. */
const MAX_ALIASES = 1000;
/** Limits what aliases expand to; `yaml` enforces it. */
const MAX_EXPANSIONS = 100;

type Parsed = Document.Parsed;

/**
 * Reads one YAML 1.2 document (core schema: mappings, lists, text, numbers, booleans, null; no other tags) of at most
 * `maxLexemes` words and marks. Each takes some microseconds, whatever the text contains, because duplicate keys are
 * found with a set and aliases are limited. Other work can run in between, except while the values are assembled at
 * the end.
 */
export async function parseYaml(text: string, maxLexemes: number): Promise<YamlResult> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const tokens = await readTokens(yaml, text, lines, maxLexemes);
  if (!tokens.ok) return { ok: false, faults: [wholeFileFault(tokens.message)] };
  const { document, more } = compose(yaml, tokens.tokens, text.length);
  const syntax = [...document.errors, ...document.warnings, ...more];
  if (syntax.length > 0) return { ok: false, faults: syntaxFaults(syntax, lines) };
  if (document.contents === null) return { ok: false, faults: [wholeFileFault('The file is empty.')] };

  await nextTurn();
  const { aliases, unresolved, repeated } = inspect(yaml, document, lines);
  if (unresolved.length > 0) return { ok: false, faults: unresolved };
  if (aliases > MAX_ALIASES) return refuseAliases();
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_EXPANSIONS });
    return { ok: true, document: { value, ...places(yaml, document, lines) }, faults: repeated };
  } catch (error) {
    // `yaml` throws a ReferenceError for too many aliases.
    if (error instanceof ReferenceError) return refuseAliases();
    throw error;
  }
}

function refuseAliases(): YamlResult {
  const message = `The file has too many aliases (*name): at most ${MAX_EXPANSIONS} of an anchor. Write the values out.`;
  return { ok: false, faults: [wholeFileFault(message)] };
}

/** One fault for each line: the first is the mistake, and the others on the same line are its consequences. */
function syntaxFaults(errors: readonly YAMLError[], lines: LineCounter): FileFault[] {
  const byLine = new Map<number, FileFault>();
  for (const { code, message, pos } of errors) {
    const { line, column } = toPlace(lines, pos[0]);
    const said =
      code === 'MULTIPLE_DOCS'
        ? 'A file holds one document: remove the line ---.'
        : `Not valid YAML: ${message}.`;
    if (!byLine.has(line)) byLine.set(line, { line, column, path: '', message: said });
  }
  return [...byLine.values()];
}

function toPlace(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Finds duplicate keys and aliases without an anchor, and counts the aliases. */
function inspect(yaml: Yaml, document: Parsed, lines: LineCounter) {
  const [repeated, unresolved]: [FileFault[], FileFault[]] = [[], []];
  const anchors = new Set<string>();
  let aliases = 0;
  const fault = (node: unknown, path: Path, message: string): FileFault => ({
    ...toPlace(lines, offsetOf(yaml, node) ?? 0),
    path: formatPath(path),
    message,
  });
  const visit = (node: unknown, path: Path): void => {
    if (yaml.isAlias(node)) {
      aliases += 1;
      if (!anchors.has(node.source)) {
        unresolved.push(fault(node, path, `There is no anchor &${node.source} before this alias.`));
      }
    } else if ((yaml.isScalar(node) || yaml.isCollection(node)) && node.anchor !== undefined)
      anchors.add(node.anchor);
    if (yaml.isSeq(node)) node.items.forEach((item, index) => visit(item, [...path, index]));
    if (!yaml.isMap(node)) return;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = nameOf(yaml, key);
      const keyPath = [...path, name];
      if (seen.has(name)) repeated.push(fault(key, keyPath, `The key ${shorten(name)} is given twice.`));
      // Schema checks would silently ignore this key.
      if (name === '__proto__') repeated.push(fault(key, keyPath, 'The key __proto__ can’t be used.'));
      seen.add(name);
      visit(key, keyPath);
      visit(value, keyPath);
    }
  };
  visit(document.contents, []);
  return { repeated, unresolved, aliases };
}

/** The text of a key; the option `stringKeys` refuses other keys. */
function nameOf(yaml: Yaml, key: unknown): string {
  return yaml.isScalar(key) ? String(key.value) : '';
}

/** The offset of a node; undefined for one that isn't written in the text. */
function offsetOf(yaml: Yaml, node: unknown): number | undefined {
  if (!yaml.isNode(node) || !node.range) return undefined;
  return node.range[0] === node.range[1] ? undefined : node.range[0];
}

function places(
  yaml: Yaml,
  document: Parsed,
  lines: LineCounter,
): Pick<YamlDocument, 'placeOf' | 'placeOfKey'> {
  interface Found {
    valueAt: number;
    keyAt: number;
  }

  const known = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  // Cached, because a mapping with a fault in each key would otherwise be searched from its beginning for each fault.
  const pairsOf = (map: YAMLMap) => {
    let pairs = known.get(map);
    if (!pairs) known.set(map, (pairs = new Map(map.items.map((pair) => [nameOf(yaml, pair.key), pair]))));
    return pairs;
  };
  const enter = (
    node: unknown,
    part: Path[number],
  ): { value: unknown; keyAt?: number | undefined } | undefined => {
    if (yaml.isSeq(node) && typeof part === 'number') {
      return part < node.items.length ? { value: node.items[part] } : undefined;
    }
    if (!yaml.isMap(node)) return undefined;
    const pair = pairsOf(node).get(String(part));
    return pair && { value: pair.value, keyAt: offsetOf(yaml, pair.key) };
  };

  const find = (path: Path): Found => {
    let node: unknown = document.contents;
    let found: Found = { valueAt: offsetOf(yaml, node) ?? 0, keyAt: offsetOf(yaml, node) ?? 0 };
    for (const part of path) {
      const entry = enter(yaml.isAlias(node) ? node.resolve(document) : node, part);
      if (!entry) return { valueAt: found.valueAt, keyAt: found.valueAt };
      node = entry.value;
      const valueAt = offsetOf(yaml, node);
      const keyAt = entry.keyAt ?? valueAt ?? found.valueAt;
      found = { valueAt: valueAt ?? keyAt, keyAt };
    }
    return found;
  };
  return {
    placeOf: (path) => toPlace(lines, find(path).valueAt),
    placeOfKey: (path) => toPlace(lines, find(path).keyAt),
  };
}
