import { connect, type Socket } from 'node:net';

/** An answer as it was received. */
export interface RawAnswer {
  /** 0: the connection was closed without an answer. */
  status: number;
  /** By lower-case name. Several values of one name are joined by a line feed. */
  headers: Map<string, string>;
  body: string;
  /** Milliseconds from the first octet sent to the last one received. */
  ms: number;
  /** The octets after the first answer on the same connection. */
  rest: string;
}

export interface RawRequest {
  method?: string;
  /** The request target, sent octet by octet. */
  target: string | Buffer;
  /** `Host` is added unless one of these is `host`. Values are sent as latin1. */
  headers?: readonly (readonly [name: string, value: string])[];
  body?: string | Buffer;
}

/** The octets of a request that no client library would send. */
export function rawRequest(host: string, { method = 'GET', target, headers = [], body }: RawRequest): Buffer {
  const octets = body === undefined ? undefined : Buffer.from(body);
  const named = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
  const lines = [
    ...(named('host') ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(octets && !named('content-length') && !named('transfer-encoding')
      ? [`Content-Length: ${octets.length}`]
      : []),
    ...(named('connection') ? [] : ['Connection: close']),
  ];
  return Buffer.concat([
    Buffer.from(`${method} `),
    Buffer.from(target),
    Buffer.from(` HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    octets ?? Buffer.alloc(0),
  ]);
}

/** Sends octets and reads one answer or, with `untilClosed`, everything until the server closes. */
export function sendRaw(
  port: number,
  octets: Buffer | string,
  { untilClosed = false }: { untilClosed?: boolean } = {},
): Promise<RawAnswer> {
  const startedAt = performance.now();
  const isHead = octets.toString('latin1', 0, 5) === 'HEAD ';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let socket: Socket | undefined = undefined;
    const done = () => {
      socket?.destroy();
      resolve(readAnswer(Buffer.concat(chunks), performance.now() - startedAt).answer);
    };
    socket = connect(port, '127.0.0.1', () => socket?.write(octets));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (!untilClosed && readAnswer(Buffer.concat(chunks), 0, isHead).isWhole) done();
    });
    socket.on('close', done);
    // A server may close while we are still writing; what it sent before counts as the answer.
    socket.on('error', () => undefined);
  });
}

function readAnswer(octets: Buffer, ms: number, isHead = false): { answer: RawAnswer; isWhole: boolean } {
  const text = octets.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) {
    return { answer: { status: 0, headers: new Map(), body: text, ms, rest: '' }, isWhole: false };
  }
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(first.split(' ')[1]);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  const isBare = isHead || status === 204 || status === 304;
  const { body, after } = isBare
    ? { body: Buffer.alloc(0), after: end + 4 }
    : readBody(octets, end + 4, headers);
  const rest = after === undefined ? '' : octets.subarray(after).toString('latin1');
  const isWhole = after !== undefined && after <= octets.length;
  return { answer: { status, headers, body: body.toString('utf8'), ms, rest }, isWhole };
}

/** The body and its end. Undefined when the body ends only with the connection. */
function readBody(octets: Buffer, start: number, headers: ReadonlyMap<string, string>) {
  const length = headers.get('content-length');
  if (length !== undefined) {
    const after = start + Number(length);
    return { body: octets.subarray(start, after), after };
  }
  if (headers.get('transfer-encoding') !== 'chunked')
    return { body: octets.subarray(start), after: undefined };
  const parts: Buffer[] = [];
  for (let offset = start; ;) {
    const lineEnd = octets.indexOf('\r\n', offset);
    if (lineEnd < 0) return { body: Buffer.concat(parts), after: undefined };
    const size = Number.parseInt(octets.toString('latin1', offset, lineEnd), 16);
    if (!(size > 0)) return { body: Buffer.concat(parts), after: lineEnd + 4 };
    parts.push(octets.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
}
