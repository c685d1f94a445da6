import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVestibule, VestibuleError, type Vestibule, type VestibuleOptions } from '../../../src/index.ts';

export const ANA = {
  userName: 'ana@example.com',
  password: 'correct-Horse-7',
  email: 'ana@example.com',
  givenName: 'Ana',
  familyName: 'Souza',
  displayName: 'Ana Souza',
} as const;
export const WIKI = {
  key: 'wiki',
  displayName: 'Wiki',
  serviceProvider: {
    entityId: 'https://wiki.example.com/saml',
    acsUrls: ['https://wiki.example.com/saml/acs'],
  },
} as const;

/** The error with which a call is refused. */
export async function refusal(asked: Promise<unknown>): Promise<VestibuleError> {
  return asked.then(
    () => assert.fail('it was not refused'),
    (error: unknown) => (error instanceof VestibuleError ? error : assert.fail(String(error))),
  );
}

/** Servers of one suite, in a folder of their own. Each is stopped after its test. */
export function libraries() {
  let folder: string;
  const running: Vestibule[] = [];
  before(() => (folder = mkdtempSync(join(tmpdir(), 'vestibule-library-'))));
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return {
    inFolder: (name: string) => join(folder, name),
    async start(options?: VestibuleOptions): Promise<Vestibule> {
      const started = await startVestibule({ certs: join(folder, 'certs'), ...options });
      running.push(started);
      return started;
    },
  };
}
