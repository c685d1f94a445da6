import { excerpt } from '../../../foundation/platform/excerpt.ts';

/** A fault in an organization file, with its place. */
export interface FileFault {
  /** From 1; 0 for a fault of the whole file (it doesn't exist, it is too large). */
  readonly line: number;
  /** From 1, in UTF-16 code units; 0 when the line is 0. */
  readonly column: number;
  /** `users[2].password`; empty for the whole file. */
  readonly path: string;
  /** Says what is wrong and what is expected; never contains the value, which may be a password. */
  readonly message: string;
}

export type PathPart = string | number;
export type Path = readonly PathPart[];

/** A fault whose line and column aren't known yet. */
export interface PathFault {
  readonly path: Path;
  readonly message: string;
}

const MAX_SHOWN = 100;
const MAX_NAME_LENGTH = 40;

/** Shortens a name for messages: a file that isn't an organization file may have names of any length. */
export const shorten = (name: string): string => excerpt(name, MAX_NAME_LENGTH);

/** A path as messages show it, such as `users[2].attributes.title`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? shorten(part) : `${text}.${shorten(part)}`;
  }, '');
}

/** A fault of the whole file. */
export function wholeFileFault(message: string): FileFault {
  return { line: 0, column: 0, path: '', message };
}

/** Sorts faults in the order of the file, and removes duplicates. */
export function sortFaults(faults: readonly FileFault[]): FileFault[] {
  const seen = new Set<string>();
  return [...faults]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((fault) => {
      const id = JSON.stringify(fault);
      return !seen.has(id) && seen.add(id);
    });
}

/** The first hundred faults, in the order of the file, and the number of the others, which are never computed. */
export function firstFaults(faults: readonly (() => FileFault)[]): { faults: FileFault[]; more: number } {
  const first = faults.slice(0, MAX_SHOWN);
  return { faults: sortFaults(first.map((make) => make())), more: faults.length - first.length };
}

/**
 * One line for each fault, `file:line:column: path: message`, so that editors and terminals can open the place.
 * `left` is the number of faults that aren’t in `faults`.
 */
export function formatFaults(faults: readonly FileFault[], fileName: string, left = 0): string {
  const lines = faults.slice(0, MAX_SHOWN).map(({ line, column, path, message }) => {
    const place = line === 0 ? fileName : `${fileName}:${line}:${column}`;
    return [place, path, message].filter((part) => part !== '').join(': ');
  });
  const more = Math.max(faults.length - MAX_SHOWN, 0) + left;
  return [...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n');
}
