/** The folder of SimpleSAMLphp, whether it is installed or unpacked by `npm test`. */
export function simpleSamlPhpFolder(): string | undefined;
/** The path of nginx, whether it is installed or unpacked by `npm test`; undefined when it can't run. */
export function nginxProgram(): string | undefined;
/** The path of Caddy, whether it is installed or unpacked by `npm test`; undefined when it isn't there. */
export function caddyProgram(): string | undefined;
/** The path of HAProxy, whether it is installed or unpacked by `npm test`; undefined when it can't run. */
export function haproxyProgram(): string | undefined;
