import type { Route } from './route.ts';

/** The value of each path parameter in the examples. */
const VARIABLES: Readonly<Partial<Record<string, string>>> = {
  organization: 'default',
  user: '$USER_ID',
  group: '$GROUP_ID',
  application: '$APPLICATION',
  certificate: '$CERTIFICATE_ID',
  session: '$SESSION_ID',
  import: '$IMPORT_ID',
  mail: '$MAIL_ID',
  device: '$DEVICE_ID',
  signIn: '$SIGN_IN_ID',
  classroom: '$CLASSROOM_ID',
  type: 'users',
};

/** The set-up on which all other examples build: the API's address, the token, and the ids of sample records. */
export function setupLines(publicOrigin: string): string {
  const first = (variable: string, path: string, key = 'id') =>
    `${variable}=$(api "$API/organizations/default/${path}" | sed -n 's/.*"${key}":"\\([^"]*\\)".*/\\1/p')`;
  return [
    `API=${publicOrigin}/api/v1`,
    'TOKEN=the-token-that-the-first-start-printed',
    'api() { curl -sS -H "Authorization: Bearer $TOKEN" "$@"; }',
    first('USER_ID', 'users?limit=1'),
    first('GROUP_ID', 'groups?limit=1'),
    first('APPLICATION', 'applications?limit=1', 'key'),
    first('CERTIFICATE_ID', 'applications/$APPLICATION/certificates'),
    first('SESSION_ID', 'users/$USER_ID/sessions?limit=1'),
    first('IMPORT_ID', 'imports?limit=1'),
    first('MAIL_ID', 'mailbox?limit=1'),
    first('DEVICE_ID', 'users/$USER_ID/mfa-devices'),
    first('SIGN_IN_ID', 'sign-ins?limit=1'),
    `CLASSROOM_ID=$(api "$API/classrooms" | sed -n 's/.*"id":"\\([^"]*\\)".*/\\1/p')`,
  ].join('\n');
}

/** A curl command that performs an operation, with the example as body. */
export function curlOf({ method, path, open, json, text, example }: Route): string {
  const url = path.replace(/:(\w+)/g, (_all, name: string) => VARIABLES[name] ?? `$${name.toUpperCase()}`);
  const body =
    text !== undefined
      ? [
          `-H 'Content-Type: ${text.types[0] ?? ''}'`,
          `--data-binary ${quote(typeof example === 'string' ? example : '')}`,
        ]
      : json !== undefined
        ? [`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(example ?? {}))}`]
        : [];
  return [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} "$API${url}"`,
    ...(open ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...body,
  ].join(' \\\n  ');
}

/** Quotes a word for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
