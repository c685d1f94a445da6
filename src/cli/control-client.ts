import { z } from 'zod';
import { StartError } from '../server/start-error.ts';
import { networkReason, readBody } from './bounded-body.ts';

/** Making a key pair on a busy machine takes seconds. */
const TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Calls operations of a running server's control API. */
export interface ControlClient {
  readonly origin: string;
  /** `path` is below `/api/v1`. Returns the JSON of the answer. Throws a StartError with what the API refused, or why it did not answer. */
  call(method: string, path: string, json?: object): Promise<unknown>;
}

const problem = z.object({ status: z.number(), detail: z.string() });

/** A client of the server at this address. `command` is how the user calls `vestibule`. */
export function controlClient(
  origin: string,
  { token, command }: { readonly token: string; readonly command: string },
): ControlClient {
  const isNotOurs = (status: number) =>
    new StartError(
      `What answers at ${origin} is not Vestibule’s API (status ${status}): name it with --url.`,
    );
  return {
    origin,
    async call(method, path, json) {
      const response = await send(`${origin}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(json && { body: JSON.stringify(json) }),
        // The token goes to the address that was given, and to no other.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((error: unknown) => {
        const advice = `Start one with “${command} serve”, or name its address with --url.`;
        throw new StartError(`No server answers at ${origin} (${networkReason(error)}). ${advice}`, {
          cause: error,
        });
      });
      const { status, body } = response;
      if (status === 204) return undefined;
      const parsed = parseJson(body);
      if (status < 300 && parsed !== undefined) return parsed;
      const refusal = problem.safeParse(parsed);
      if (!refusal.success) throw isNotOurs(status);
      if (status === 401)
        throw new StartError(
          `The server at ${origin} refuses the API token in VESTIBULE_API_TOKEN. “${command} token” makes another.`,
        );
      throw new StartError(refusal.data.detail);
    },
  };
}

async function send(url: string, request: RequestInit): Promise<{ status: number; body: string }> {
  const response = await fetch(url, request);
  const body = await readBody(response, MAX_ANSWER_BYTES);
  return { status: response.status, body: body?.toString() ?? '' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
