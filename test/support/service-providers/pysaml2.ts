import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { REQUESTER, type ServiceProvider, type ServiceProviderSetup } from './service-provider.ts';

const SCRIPT = fileURLToPath(new URL('pysaml2.py', import.meta.url));
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/saml/${name}`, import.meta.url));

const opened = z.object({ metadata: z.string() });
const made = z.object({ id: z.string(), url: z.string().optional(), html: z.string().optional() });
const believed = z.object({
  nameId: z.string(),
  nameIdFormat: z.string().nullable(),
  sessionIndex: z.string().nullable(),
  inResponseTo: z.string().nullable(),
  attributes: z.record(z.string(), z.array(z.string())),
});

/** pysaml2 (Python) with xmlsec1. One process holds any number of service providers. */
export interface Pysaml2 {
  readonly version: string;
  serviceProvider(setup: ServiceProviderSetup): ServiceProvider;
  stop(): Promise<void>;
}

/** Starts the process. The result has the reason when it can't run on this machine. */
export async function startPysaml2(): Promise<Pysaml2 | { readonly missing: string }> {
  if (spawnSync('/usr/bin/xmlsec1', ['--version']).status !== 0)
    return { missing: 'xmlsec1 is not installed' };
  // Debian's package belongs to Debian's Python, which need not be the first in PATH.
  const python = ['/usr/bin/python3', 'python3'].find(
    (each) => spawnSync(each, ['-c', 'import saml2'], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined) return { missing: 'python3-pysaml2 is not installed' };
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  child.once('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`pysaml2 ended with ${String(code)}.`));
  });
  child.stdin.on('error', () => undefined); // The 'exit' event reports the end of the process.
  const ask = async <T>(schema: z.ZodType<T>, command: object): Promise<T> => {
    const line = await new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(command)}\n`);
    });
    const answer: unknown = JSON.parse(line);
    const refusal = z.object({ refused: z.string() }).safeParse(answer);
    if (refusal.success) throw new Error(refusal.data.refused);
    return schema.parse(answer);
  };
  const { version } = await ask(z.object({ version: z.string() }), { do: 'version' });
  let count = 0;
  return {
    version,
    serviceProvider(setup) {
      const sp = String((count += 1));
      return {
        async registration() {
          const keys = { key: fixture('sp-key.pem'), certificate: fixture('sp-cert.pem') };
          const { metadata } = await ask(opened, { do: 'open', sp, ...setup, ...keys });
          return { metadataXml: metadata };
        },
        async trust({ metadataXml }) {
          await ask(z.object({}), { do: 'trust', sp, metadata: metadataXml });
        },
        async request(binding, relayState, wishes = {}) {
          const {
            id,
            url = '',
            html = '',
          } = await ask(made, {
            ...{ do: 'request', sp, binding, relayState, wishes },
            requester: REQUESTER,
          });
          return binding === 'redirect' ? { id, binding, url } : { id, binding, html };
        },
        async validate(samlResponse, requestId) {
          const command = { do: 'validate', sp, samlResponse, requestId: requestId ?? null };
          const { nameIdFormat, sessionIndex, inResponseTo, ...rest } = await ask(believed, command);
          return {
            ...rest,
            nameIdFormat: nameIdFormat ?? undefined,
            sessionIndex: sessionIndex ?? undefined,
            inResponseTo: inResponseTo ?? undefined,
          };
        },
      };
    },
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
