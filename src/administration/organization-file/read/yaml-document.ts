import { setImmediate } from 'node:timers/promises';
import type { Document, LineCounter, Pair, YAMLError, YAMLMap } from 'yaml';
import { formatPath, shorten, wholeFileFault, type FileFault, type Path } from './fault.ts';
import { compose, readTokens, type Yaml } from './yaml-tokens.ts';

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A parsed document that remembers where its values stand. */
export interface YamlDocument {
  readonly value: unknown;
  /**
   * Where the value of a path begins; where its key does, when nothing is written after it; and for a path that isn't in
   * the document, the place of the mapping or list that it would be in.
   */
  placeOf(path: Path): Place;
  /** Where the key of an entry stands. */
  placeOfKey(path: Path): Place;
}

export type YamlResult =
  /** The faults of a document that can be read all the same (a key given twice), so that its other faults show too. */
  | { readonly ok: true; readonly document: YamlDocument; readonly faults: readonly FileFault[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** An alias costs a look through all anchors, so their number is bounded; what they unfold to is bounded by `yaml`. */
const MOST_ALIASES = 1000;
const MOST_UNFOLDED = 100;

type Parsed = Document.Parsed;

/**
 * Reads one YAML 1.2 document (core schema: mappings, lists, text, numbers, booleans, null; no other tags) of at most
 * `mostLexemes` words and marks: some microseconds each, whatever the text holds, for keys are compared by a set and
 * aliases are counted. Others have the processor in between, except while the values are put together at the end.
 */
export async function parseYaml(text: string, mostLexemes: number): Promise<YamlResult> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const tokens = await readTokens(yaml, text, lines, mostLexemes);
  if (!tokens.ok) return { ok: false, faults: [wholeFileFault(tokens.message)] };
  const { document, more } = compose(yaml, tokens.tokens, text.length);
  const syntax = [...document.errors, ...document.warnings, ...more];
  if (syntax.length > 0) return { ok: false, faults: syntaxFaults(syntax, lines) };
  if (document.contents === null) return { ok: false, faults: [wholeFileFault('The file is empty.')] };

  await setImmediate();
  const { aliases, unresolved, repeated } = inspect(yaml, document, lines);
  if (unresolved.length > 0) return { ok: false, faults: unresolved };
  if (aliases > MOST_ALIASES) return refuseAliases();
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_UNFOLDED });
    return { ok: true, document: { value, ...places(yaml, document, lines) }, faults: repeated };
  } catch (error) {
    // Too many aliases: `yaml` says it by throwing a ReferenceError.
    if (error instanceof ReferenceError) return refuseAliases();
    throw error;
  }
}

function refuseAliases(): YamlResult {
  const message = `The file has too many aliases (*name): at most ${MOST_UNFOLDED} of an anchor. Write the values out.`;
  return { ok: false, faults: [wholeFileFault(message)] };
}

/** One fault a line: the first one is the mistake, the others on its line are its consequences. */
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

/** Finds keys that are given twice and aliases of nothing, and counts the aliases. */
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
      // Checks of objects pass over it in silence.
      if (name === '__proto__') repeated.push(fault(key, keyPath, 'The key __proto__ can’t be used.'));
      seen.add(name);
      visit(key, keyPath);
      visit(value, keyPath);
    }
  };
  visit(document.contents, []);
  return { repeated, unresolved, aliases };
}

/** Keys are text: `stringKeys` refuses others. */
function nameOf(yaml: Yaml, key: unknown): string {
  return yaml.isScalar(key) ? String(key.value) : '';
}

/** Where a node begins; undefined for one that isn't written. */
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
  // Kept: a mapping with as many faults as keys would be searched from its beginning for each of them.
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
