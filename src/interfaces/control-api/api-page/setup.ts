/** The lines on which all examples build: the API's address, the token, and the ids of sample records. */
export function setupLines(publicOrigin: string): string {
  const first = (variable: string, path: string, key = 'id') =>
    `export ${variable}=$(api "$API/organizations/default/${path}" | sed -n 's/.*"${key}":"\\([^"]*\\)".*/\\1/p')`;
  return [
    `export API=${publicOrigin}/api/v1`,
    'export TOKEN=the-token-that-the-first-start-printed',
    'api() { curl -sS -H "Authorization: Bearer $TOKEN" "$@"; }',
    first('USER_ID', 'users?limit=1'),
    first('GROUP_ID', 'groups?limit=1'),
    first('APPLICATION', 'applications?limit=1', 'key'),
    first('CERTIFICATE_ID', 'applications/$APPLICATION/certificates'),
    first('SESSION_ID', 'users/$USER_ID/sessions?limit=1'),
    first('IMPORT_ID', 'imports?limit=1'),
    first('MAIL_ID', 'mailbox?limit=1'),
    first('EVENT_ID', 'events?limit=1', 'eventID'),
    first('DEVICE_ID', 'users/$USER_ID/mfa-devices'),
    first('SIGN_IN_ID', 'sign-ins?limit=1'),
    `export CLASSROOM_ID=$(api "$API/classrooms" | sed -n 's/.*"id":"\\([^"]*\\)".*/\\1/p')`,
  ].join('\n');
}

/** The first call, in one line. */
export const firstCall = (publicOrigin: string): string =>
  `curl -H "Authorization: Bearer the-token-that-the-first-start-printed" ${publicOrigin}/api/v1/organizations`;
