import { packText } from '../../../src/interfaces/console/organization-file/packed-text.ts';
import { strictField, hiddenField, wordField, type DeclaredForms, type WrongText } from './declared-form.ts';

const HEADER = 'userName,email,givenName,familyName,displayName,groups';
const row = (name: string, groups = '') => `${name},${name}@example.com,Given,Family,"${name} F",${groups}`;

const HEAD = 'version: 1\norganization: {name: Example Corp, managementAccountId: "111122223333"}\n';
const INSTANCE = 'instance: {alias: demo, region: us-east-1}\n';
const user = (name: string) =>
  `  - {userName: ${name}, email: ${name}@a.b, givenName: A, familyName: B, displayName: C}\n`;
const metadata = 'applications:\n  - {key: a, displayName: A, serviceProvider: {metadata: /etc/passwd}}\n';

/** Mistakes in a list of users, as a file or as text. */
const USERS: readonly WrongText[] = [
  [`${HEADER}\n,a@example.com,A,B,C,`, /Line 2: /],
  [`${HEADER}\n${row('x'.repeat(200))}`, /Line 2: /],
  [`${HEADER}\n${row('zoe')}\n${row('ZOE')}`, /Line 3: The user ZOE is sent twice/],
  [`${HEADER}\nnew,ana@example.com,A,B,C,`, /ana@example.com already/],
  [`${HEADER}\n${row('zoe', '\u202Eelas 🚀')}`, /There is no group/],
  [`${HEADER}\nzoe,zoe@example.com,A,B,\u200B,`, /nothing that can be seen/],
  ['{"user":{"userName":5}}', /Line 1: /],
  ['{"user":{"userName":"a","console":"full"}}', /Line 1: /],
  ['{"__proto__":{"userName":"a"}}', /__proto__ is not known here/],
];

/** Mistakes in an organization file. */
const YAML: readonly WrongText[] = [
  ['a: [', /Line 1, column/],
  ['version: 1\norganization: 5\n', /Line 1, column/],
  [`${HEAD}${INSTANCE}users:\n${user('zoe')}${user('ZOE')}`, /Line 6, column/],
  [`${HEAD}${INSTANCE}users:\n${user('"\\u200B"')}`, /Line 5, column/],
  [`${HEAD}instance: {alias: other, region: us-east-1}\n`, /Line 3, column/],
  // Attack: the server's own files.
  [`${HEAD}${INSTANCE}${metadata}`, /Line 5, column/],
];

const NOT_TEXT: WrongText = ['PK\0\0', /This is no text file in UTF-8/];
const FILE = '/:instance/console/organization-file';

export const fileForms: DeclaredForms = {
  '/:instance/console/imports/add': {
    fields: { content: strictField(...USERS, ['x'.repeat(1024 * 1024 + 1), /more than 1 MiB/]) },
    file: { field: 'users', wrong: [NOT_TEXT, ['', /Choose a file/], ...USERS] },
  },
  '/:instance/console/imports/:import/stop': { page: '/:instance/console/imports', fields: {} },
  '/:instance/console/exchanges/delete': { fields: { confirmation: wordField('DELETE') } },
  '/:instance/console/exchanges/:exchange/delete': { fields: { confirmation: wordField('DELETE') } },
  '/:instance/console/mailbox/delete': { fields: { confirmation: wordField('DELETE') } },
  '/:instance/console/mailbox/:mail/delete': { fields: { confirmation: wordField('DELETE') } },
  [`${FILE}/import`]: {
    fields: {
      content: strictField(...YAML, [`# ${'x'.repeat(1024 * 1024)}`, /more than 1 MiB/]),
      options: hiddenField('all'),
    },
    file: { field: 'file', wrong: [NOT_TEXT, ['', /Choose a file/], ...YAML] },
  },
  [`${FILE}/apply`]: {
    page: `${FILE}/import`,
    filled: { packed: packText(`${HEAD}${INSTANCE}`), preview: 'x' },
    // A file that isn't the one that was shown is shown, and not applied.
    fields: {
      packed: hiddenField('x', ...YAML.map(([text]) => packText(text))),
      ...{ preview: hiddenField(), options: hiddenField('all') },
    },
  },
  [`${FILE}/export-secrets`]: { fields: {} },
};
