import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browserless, formOf } from '../support/servers/browserless.ts';
import { freePort, startProcess } from './built-server.ts';
import { judgeXml } from './judge-response.ts';
import { load } from './load.ts';
import { median } from './numbers.ts';

const WARM_UP_TURNS = 2;
const CERTIFICATE = new URL('../fixtures/saml/idp-cert.pem', import.meta.url);

/** Responses a second of Auth0's middleware over HTTP, measured with the same client as ours. */
export async function samlpResponsesPerSecond(options: { runs: number; seconds: number }): Promise<number> {
  const port = await freePort();
  const { PATH } = process.env;
  const server = startProcess(
    ['--import', 'tsx', join(import.meta.dirname, 'samlp-server.ts'), String(port)],
    {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH },
      port,
    },
  );
  try {
    await server.firstAnswerMs('/healthz');
    const { fields } = formOf(await new Browserless(server.publicUrl).get('/sso'));
    const xml = Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString('utf8');
    judgeXml(xml, readFileSync(CERTIFICATE, 'utf8'));
    const target = { port: String(port), host: server.publicUrl.host, path: '/sso' };
    for (let turn = 0; turn < WARM_UP_TURNS; turn++) await load(target, options.seconds);
    const runs: number[] = [];
    for (let run = 0; run < options.runs; run++) {
      const result = await load(target, options.seconds);
      runs.push(result['2xx'] / result.duration);
    }
    return median(runs);
  } finally {
    await server.stop();
  }
}
