/** A hostile body with the name that a failing test shows. */
export interface Shape {
  readonly name: string;
  readonly body: () => string | Buffer;
}

export const MIB = 1024 * 1024;

/** As many units as fit in `size` characters. */
export const repeat = (unit: string, size: number): string => unit.repeat(Math.floor(size / unit.length));

export const lines = (make: (index: number) => string, count: number): string =>
  Array.from({ length: Math.floor(count) }, (_, index) => make(index)).join('\n');
