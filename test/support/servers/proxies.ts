import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nginxProgram } from '../../../scripts/debian.mjs';
import { freePort, startLocalServer, type LocalServer } from '../service-providers/local-server.ts';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const GUIDE = join(import.meta.dirname, '../../../docs/server.md');

/** A proxy that somebody else wrote, in front of a server on loopback. */
export interface Proxy {
  readonly port: number;
  stop(): Promise<void>;
}

export type ProxyName = 'nginx' | 'Apache';

/** Starts a proxy as docs/server.md tells. The result has the reason when it can't run on this machine. */
export function startProxy(
  name: ProxyName,
  serverPort: number,
): Promise<Proxy | { readonly missing: string }> {
  return name === 'nginx' ? startNginx(serverPort) : startApache(serverPort);
}

async function startNginx(serverPort: number): Promise<Proxy | { readonly missing: string }> {
  const program = nginxProgram();
  if (program === undefined) return { missing: 'nginx is not installed' };
  return inFolder(async (folder, port) => {
    const file = join(folder, 'nginx.conf');
    await writeFile(file, nginxConf(folder, port, serverPort));
    return startLocalServer(program, ['-c', file, '-e', join(folder, 'error.log')], { port, env: {} });
  });
}

/**
 * The location of docs/server.md. In addition it caches what may be cached, and uses one connection to our server for
 * all clients, so that a request smuggled into it would change the answer to the next client.
 */
function nginxConf(folder: string, port: number, serverPort: number): string {
  const [, location = ''] = /```nginx\n([^]*?)```/.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  if (!location.includes('http://127.0.0.1:8080;'))
    throw new Error('docs/server.md has no location for nginx.');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')}
  proxy_cache_path ${join(folder, 'cache')} keys_zone=cache:1m;
  upstream vestibule { server 127.0.0.1:${serverPort}; keepalive 1; }
  server {
    listen 127.0.0.1:${port};
    proxy_cache cache;
    add_header X-Cache $upstream_cache_status always;
    client_body_timeout 1s;
    ${location.replace('http://127.0.0.1:8080;', 'http://vestibule; proxy_set_header Connection "";')}
  }
}
`;
}

async function startApache(serverPort: number): Promise<Proxy | { readonly missing: string }> {
  if (!existsSync(APACHE)) return { missing: 'apache2-bin is not installed' };
  return inFolder(async (folder, port) => {
    const file = join(folder, 'httpd.conf');
    const modules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http'];
    await writeFile(
      file,
      `
ServerRoot ${folder}
ServerName sso.example.com
Listen 127.0.0.1:${port}
PidFile ${join(folder, 'httpd.pid')}
DefaultRuntimeDir ${folder}
ErrorLog ${join(folder, 'error.log')}
ServerLimit 1
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
Timeout 1
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
User www-data
Group www-data
ProxyPass / http://127.0.0.1:${serverPort}/ nocanon max=1
`,
    );
    return startLocalServer(APACHE, ['-f', file, '-DFOREGROUND'], { port, env: {} });
  });
}

/** Starts a server whose files are in a folder of its own, which ends with it. */
async function inFolder(start: (folder: string, port: number) => Promise<LocalServer>): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-proxy-'));
  // When root starts a proxy, its workers run as another user.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = await start(folder, port);
  return {
    port,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
