/** The element types of PostgreSQL arrays, with their OIDs in pg_type, which are the same on every server. */
const TYPES = { text: 25, bigint: 20 } as const;
type ElementType = keyof typeof TYPES;

const HEADER_BYTES = 20;
const TWO_TO_THE_32 = 2 ** 32;

/** The values of one column, for many rows. */
export interface ColumnArray {
  /** Undefined when all values are null, since their type is then unknown. */
  readonly type: ElementType | undefined;
  /** PostgreSQL's binary array format (array_recv), which needs no escaping here and no parsing there. */
  readonly bytes: Buffer;
}

/** Throws a TypeError unless the values are all strings or null, or all whole numbers or null. */
export function toColumnArray(values: readonly unknown[]): ColumnArray {
  const sample = values.find((value) => value !== null);
  if (sample === undefined) return { type: undefined, bytes: Buffer.alloc(0) };
  const type = typeof sample === 'number' ? 'bigint' : 'text';
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  const maxBytes = values.reduce<number>(
    (sum, value) => sum + 4 + (typeof value === 'string' ? value.length * 3 : 8),
    HEADER_BYTES,
  );
  const buffer = Buffer.allocUnsafe(maxBytes);
  const head = [1, Number(values.includes(null)), TYPES[type], values.length, 1];
  let offset = head.reduce((offset, field) => buffer.writeInt32BE(field, offset), 0);
  for (const value of values)
    offset = type === 'text' ? writeText(buffer, value, offset) : writeNumber(buffer, value, offset);
  return { type, bytes: buffer.subarray(0, offset) };
}

function writeText(buffer: Buffer, value: unknown, offset: number): number {
  if (value === null) return buffer.writeInt32BE(-1, offset);
  if (typeof value !== 'string') throw new TypeError(`A column of texts has a ${typeof value}.`);
  const length = buffer.write(value, offset + 4);
  buffer.writeInt32BE(length, offset);
  return offset + 4 + length;
}

function writeNumber(buffer: Buffer, value: unknown, offset: number): number {
  if (value === null) return buffer.writeInt32BE(-1, offset);
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new TypeError(
      `A column of whole numbers has ${typeof value === 'number' ? value : `a ${typeof value}`}.`,
    );
  }
  const high = Math.floor(value / TWO_TO_THE_32);
  buffer.writeInt32BE(8, offset);
  buffer.writeInt32BE(high, offset + 4);
  return buffer.writeUInt32BE(value - high * TWO_TO_THE_32, offset + 8);
}
