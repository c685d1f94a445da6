import type { RequestHandler } from './pipelining.ts';

/**
 * Answers what Node would answer by itself as soon as it is parsed, before its turn and in any number: a request
 * without a Host (RFC 9112 §3.2), and one that expects something other than 100-continue (RFC 9110 §10.1.1).
 */
export function refuseIllFormed(handle: RequestHandler): RequestHandler {
  return (request, response) => {
    const { host, expect } = request.headers;
    if (host === undefined && request.httpVersion === '1.1') {
      response.writeHead(400, { Connection: 'close' }).end();
      return undefined;
    }
    if (expect !== undefined && request.httpVersion === '1.1' && !/^\s*100-continue\s*$/i.test(expect)) {
      response.writeHead(417).end();
      return undefined;
    }
    return handle(request, response);
  };
}
