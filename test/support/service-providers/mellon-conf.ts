import { join } from 'node:path';

const MODULES = '/usr/lib/apache2/modules';

/** A configuration of Apache that reads nothing of the system's and writes only into `folder`. */
export function httpdConf(setup: {
  folder: string;
  port: number;
  /** The number of this configuration, which the server returns at `/generation`. */
  generation: number;
  locations: readonly string[];
}): string {
  const { folder, port, generation, locations } = setup;
  const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'alias', 'cgid', 'auth_mellon'];
  return `
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${join(folder, 'httpd.pid')}
DefaultRuntimeDir ${folder}
ErrorLog ${join(folder, 'error.log')}
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
GracefulShutdownTimeout 1
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
# Heeded when root starts it, who must not serve pages.
User www-data
Group www-data
ScriptSock ${join(folder, 'cgid.sock')}
MellonLockFile ${join(folder, 'mellon.lock')}
Redirect /generation /generation-${generation}
ScriptAliasMatch ^/sp[0-9]+/page$ ${join(folder, 'page')}
${locations.join('')}`;
}

/** The configuration of one service provider, whose pages need a session of mod_auth_mellon. */
export function locationConf(folder: string, name: string): string {
  const file = (suffix: string) => join(folder, `${name}${suffix}`);
  return `
<Location /${name}>
  MellonEnable info
  MellonVariable ${name}
  MellonEndpointPath /${name}/mellon
  MellonSPMetadataFile ${file('.xml')}
  MellonSPPrivateKeyFile ${join(folder, 'sp-key.pem')}
  MellonSPCertFile ${join(folder, 'sp-cert.pem')}
  MellonIdPMetadataFile ${file('-idp.xml')}
  MellonSamlResponseDump On
</Location>
<Location /${name}/page>
  AuthType Mellon
  MellonEnable auth
  Require valid-user
</Location>
`;
}
