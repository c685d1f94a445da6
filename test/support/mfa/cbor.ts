/** A value that `cbor` encodes; a RawCbor stands for octets that are encoded already, well-formed or not. */
export type Cbor = number | string | boolean | Buffer | RawCbor | readonly Cbor[] | ReadonlyMap<Cbor, Cbor>;

export class RawCbor {
  constructor(readonly octets: Buffer) {}
}

/** Octets by their hexadecimal form. */
export const raw = (hex: string): RawCbor => new RawCbor(Buffer.from(hex, 'hex'));

/** Encodes a value (RFC 8949 §3.1), for tests of what authenticators send. */
export function cbor(value: Cbor): Buffer {
  if (value instanceof RawCbor) return value.octets;
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<Cbor, Cbor>)]; // The instanceof makes it a Map<any, any>.
    return Buffer.concat([head(5, entries.length), ...entries.flat().map(cbor)]);
  }
  const list = value as readonly Cbor[]; // Array.isArray doesn't narrow readonly arrays.
  return Buffer.concat([head(4, list.length), ...list.map(cbor)]);
}

function head(major: number, length: number): Buffer {
  const first = major << 5;
  if (length < 24) return Buffer.from([first | length]);
  if (length < 0x100) return Buffer.from([first | 24, length]);
  if (length < 0x1_0000) return Buffer.from([first | 25, length >> 8, length & 255]);
  const long = Buffer.alloc(5, first | 26);
  long.writeUInt32BE(length, 1);
  return long;
}
