/** Something in an organization file that isn't as it must be, and where. */
export interface FileFault {
  /** From 1; 0 when the fault is of the file as a whole (it isn't there, it is too large). */
  readonly line: number;
  /** From 1, in UTF-16 code units; 0 together with line 0. */
  readonly column: number;
  /** `users[2].password`; empty for the whole file. */
  readonly path: string;
  /** For people: what is wrong, and what is expected. Never the value itself, which may be a password. */
  readonly message: string;
}

export type PathPart = string | number;
export type Path = readonly PathPart[];

/** A fault before it is known where it stands. */
export interface PathFault {
  readonly path: Path;
  readonly message: string;
}

const MOST_SHOWN = 100;
const LONGEST_NAME = 40;

/** A name as messages show it: where a file isn't what it was taken for, its names may be anything. */
export function shorten(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

/** `users[2].attributes.title`, as the messages name places. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? shorten(part) : `${text}.${shorten(part)}`;
  }, '');
}

/** A fault of the file as a whole. */
export function wholeFileFault(message: string): FileFault {
  return { line: 0, column: 0, path: '', message };
}

/** In the order of the file; faults that say the same of the same place are one. */
export function sortFaults(faults: readonly FileFault[]): FileFault[] {
  const seen = new Set<string>();
  return [...faults]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((fault) => {
      const id = JSON.stringify(fault);
      return !seen.has(id) && seen.add(id);
    });
}

/** The first of many faults, in the order of the file, and how many are left. Only those that are told are made. */
export function firstFaults(faults: readonly (() => FileFault)[]): { faults: FileFault[]; more: number } {
  const first = faults.slice(0, MOST_SHOWN);
  return { faults: sortFaults(first.map((make) => make())), more: faults.length - first.length };
}

/** One line a fault, `file:line:column: path: message`, so that editors and terminals can jump to it. `left`: those that aren’t among them. */
export function formatFaults(faults: readonly FileFault[], fileName: string, left = 0): string {
  const lines = faults.slice(0, MOST_SHOWN).map(({ line, column, path, message }) => {
    const place = line === 0 ? fileName : `${fileName}:${line}:${column}`;
    return [place, path, message].filter((part) => part !== '').join(': ');
  });
  const more = Math.max(faults.length - MOST_SHOWN, 0) + left;
  return [...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n');
}
