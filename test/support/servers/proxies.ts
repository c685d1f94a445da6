import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caddyProgram, haproxyProgram, nginxProgram } from '../../../scripts/debian.mjs';
import { freePort, startLocalServer, type LocalServer } from '../service-providers/local-server.ts';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const GUIDE = join(import.meta.dirname, '../../../docs/server.md');

/** A proxy that somebody else wrote, in front of a server on loopback. */
export interface Proxy {
  readonly port: number;
  stop(): Promise<void>;
}

export type ProxyName = 'nginx' | 'Apache' | 'Caddy' | 'HAProxy';

/** Starts a proxy as docs/server.md tells. The result has the reason when it can't run on this machine. */
export function startProxy(name: ProxyName, serverPort: number): Started {
  return STARTS[name](serverPort);
}

type Started = Promise<Proxy | { readonly missing: string }>;

const STARTS: Readonly<Record<ProxyName, (serverPort: number) => Started>> = {
  nginx: startNginx,
  Apache: startApache,
  Caddy: startCaddy,
  HAProxy: startHaproxy,
};

/** The lines in this language in docs/server.md, which must name our server as `upstream`. */
function linesOfGuide(language: string, upstream: string): string {
  const [, lines = ''] =
    new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readFileSync(GUIDE, 'utf8')) ?? [];
  if (!lines.includes(upstream)) throw new Error(`docs/server.md has no lines for ${language}.`);
  return lines;
}

async function startNginx(serverPort: number): Started {
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
  const location = linesOfGuide('nginx', 'http://127.0.0.1:8080;');
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

async function startApache(serverPort: number): Started {
  if (!existsSync(APACHE)) return { missing: 'apache2-bin is not installed' };
  return inFolder(async (folder, port) => {
    const file = join(folder, 'httpd.conf');
    const proxyPass = linesOfGuide('apache', 'http://127.0.0.1:8080/');
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
${proxyPass.replace(':8080', `:${serverPort}`).trim()} max=1
`,
    );
    return startLocalServer(APACHE, ['-f', file, '-DFOREGROUND'], { port, env: {} });
  });
}

async function startCaddy(serverPort: number): Started {
  const program = caddyProgram();
  if (program === undefined) return { missing: 'caddy is not installed' };
  return inFolder(async (folder, port) => {
    const file = join(folder, 'Caddyfile');
    const proxy = linesOfGuide('caddy', '127.0.0.1:8080').replace(
      '127.0.0.1:8080',
      `127.0.0.1:${serverPort}`,
    );
    const global = '{\n  admin off\n  auto_https off\n}';
    await writeFile(file, `${global}\nhttp://:${port} {\n  bind 127.0.0.1\n  ${proxy}}\n`);
    const env = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    return startLocalServer(program, ['run', '--adapter', 'caddyfile', '--config', file], { port, env });
  });
}

async function startHaproxy(serverPort: number): Started {
  const program = haproxyProgram();
  if (program === undefined) return { missing: 'haproxy is not installed' };
  return inFolder(async (folder, port) => {
    const file = join(folder, 'haproxy.cfg');
    const backend = linesOfGuide('haproxy', '127.0.0.1:8080').replace(':8080', `:${serverPort}`);
    const times = ['connect', 'client', 'server'].map((side) => `  timeout ${side} 1s`).join('\n');
    const frontend = `frontend all\n  mode http\n  bind 127.0.0.1:${port}\n  default_backend vestibule`;
    // One connection for all clients, as for nginx.
    const reuse = '  http-reuse always';
    await writeFile(file, `global\n  maxconn 20\ndefaults\n${times}\n${frontend}\n${backend}${reuse}\n`);
    return startLocalServer(program, ['-db', '-f', file], { port, env: {} });
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
