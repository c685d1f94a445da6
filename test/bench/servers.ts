import { startBuilt, type BuiltServer } from './built-server.ts';
import { judgeDelivery } from './judge-response.ts';
import { CONNECTIONS, describeWiki, load } from './load.ts';
import { median } from './numbers.ts';
import { ORGANIZATION_FILE } from './responses.ts';
import { signIn } from './sign-in.ts';

export interface Servers {
  onePerSecond: number;
  twoPerSecond: number;
}

export interface ServersOptions {
  folder: string;
  /** An empty PostgreSQL database. */
  database: string;
  runs: number;
  seconds: number;
}

/**
 * Signed responses a second of one server process on PostgreSQL, and of two that share the database, with a client that
 * spreads its connections over them. One and two servers are measured alternately.
 */
export async function measureServers(options: ServersOptions): Promise<Servers> {
  const { folder, database, runs, seconds } = options;
  const settings = { DATABASE_URL: database, VESTIBULE_SECRET: 'the secret of the bench: 32 bytes.' };
  const first = await startBuilt(['--data', folder, '--org', ORGANIZATION_FILE], folder, settings);
  const servers: BuiltServer[] = [first];
  try {
    await first.firstAnswerMs('/readyz');
    const second = await startBuilt(
      ['--data', folder, '--public-url', first.publicUrl.origin],
      folder,
      settings,
    );
    servers.push(second);
    await second.firstAnswerMs('/readyz');
    // A user who signed in at one server is signed in at both.
    const browser = await signIn(first.publicUrl);
    const wiki = await describeWiki(browser);
    judgeDelivery(await browser.get(wiki.path), wiki.acsUrl, wiki.certificatePem);
    const perSecond = async (asked: readonly BuiltServer[]) => {
      const loads = asked.map(({ publicUrl }) => {
        const target = { port: publicUrl.port, host: first.publicUrl.host, path: wiki.path, browser };
        return load(target, seconds, CONNECTIONS / asked.length);
      });
      const results = await Promise.all(loads);
      return results.reduce((sum, result) => sum + result['2xx'] / result.duration, 0);
    };
    for (let turn = 0; turn < 2; turn++) await perSecond(servers);
    const [one, two]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      one.push(await perSecond([first]));
      two.push(await perSecond(servers));
    }
    return { onePerSecond: median(one), twoPerSecond: median(two) };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
