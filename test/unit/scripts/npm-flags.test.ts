import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { argumentsMeant, switches, valued } from '../../../scripts/npm-flags.mjs';

const MAIN = join(import.meta.dirname, '../../../dist/main.js');

/** What npm 10 and 11 make of the words after `npm start`. */
const LINES = [
  { typed: '--port 9000', args: ['9000'], env: { npm_config_port: 'true' }, meant: ['--port=9000'] },
  { typed: '--port=9000', args: [], env: { npm_config_port: '9000' }, meant: ['--port=9000'] },
  {
    typed: '--memory --public-url=http://sso.example.com:80',
    args: [],
    env: { npm_config_memory: 'true', npm_config_public_url: 'http://sso.example.com:80' },
    meant: ['--memory', '--public-url=http://sso.example.com:80'],
  },
  {
    typed: '--memory --port 9000 -- --host 127.0.0.1',
    args: ['9000', '--host', '127.0.0.1'],
    env: { npm_config_memory: 'true', npm_config_port: 'true' },
    meant: ['--memory', '--port=9000', '--host', '127.0.0.1'],
  },
  { typed: '-- --port 9000', args: ['--port', '9000'], env: {}, meant: ['--port', '9000'] },
  {
    typed: '--port 1 -- --port=9000',
    args: ['--port=9000'],
    env: { npm_config_port: '1' },
    meant: ['--port=9000'],
  },
  { typed: '', args: [], env: { npm_config_user_agent: 'npm', PORT: '1' }, meant: [] },
];

/** In these npm has lost which value belongs to which flag, or that a flag has none. */
const LOST = [
  { typed: '--port 9000 --host ::1', args: ['9000', '::1'], names: ['port', 'host'] },
  { typed: '--port', args: [], names: ['port'] },
  { typed: '--port 9000 unknown', args: ['9000', 'unknown'], names: ['port'] },
  { typed: '--org a.yaml --port', args: ['a.yaml'], names: ['org', 'port'] },
];

describe('npm start', () => {
  for (const { typed, args, env, meant } of LINES)
    it(`understands: npm start ${typed}`, () => assert.deepEqual(argumentsMeant(args, env), { args: meant }));

  for (const { typed, args, names } of LOST)
    it(`asks for -- when npm has lost the order: npm start ${typed}`, () => {
      const env = Object.fromEntries(names.map((name) => [`npm_config_${name}`, 'true']));
      const { fault = '' } = {
        fault: undefined,
        ...argumentsMeant(args, { ...env, npm_config_memory: 'true' }),
      };
      assert.match(fault, /^npm took the flags for its own\. Write -- before them: npm start -- --memory --/);
      for (const name of names) assert.ok(fault.includes(`--${name} …`), fault);
    });

  it('knows each flag of vestibule serve', () => {
    const help = execFileSync(process.execPath, [MAIN, 'serve', '--help'], { encoding: 'utf8' });
    const flags = [...help.matchAll(/^ +(?:-\w, )?--([\w-]+)( [<[])?/gm)].map(([, name = '', value]) => ({
      name,
      isValued: value !== undefined,
    }));
    const namesOf = (isValued: boolean) =>
      flags.filter((flag) => flag.isValued === isValued && flag.name !== 'help').map(({ name }) => name);
    assert.deepEqual(namesOf(true).toSorted(), valued.toSorted());
    assert.deepEqual(namesOf(false).toSorted(), switches.toSorted());
  });
});
