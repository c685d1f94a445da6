import {
  numberField,
  optionalStrictField,
  strictField,
  versionField,
  wordField,
  type DeclaredForm,
  type DeclaredForms,
  type Wrong,
} from './declared-form.ts';

const SETTINGS = '/:instance/console/settings';

/** Values that are all refused with the same words. */
const each = (says: RegExp, ...values: string[]) => values.map((value): Wrong => [value, says]);

const choice = strictField(['never', /Choose one of these/]);
const NUMBERS = each(/Enter a whole number from/, '-3', '0', '1.5', '1e5', '0x10', '٣');
const count = numberField(...NUMBERS, ['10000001', /Enter a whole number from/]);
const octets = strictField(...NUMBERS, ['65535', /Enter a whole number from 65,536/]);
const box = strictField(['no', /Check/], [['yes', 'yes'], /Check/]);
const versioned = (form: DeclaredForm): DeclaredForm => ({
  ...form,
  fields: { ...form.fields, version: versionField },
  spoiled: { version: '0' },
});

const clock: DeclaredForm = { page: `${SETTINGS}/time`, fields: { version: versionField } };
const access: DeclaredForm = { fields: { access: strictField(['all', /Choose one of these/]) } };
const acknowledged = strictField(['no', /Check this box/], [['yes', 'yes'], /Check this box/]);
const OUT_OF_RANGE = /The clock can show times/;

export const settingsForms: DeclaredForms = {
  [`${SETTINGS}/mfa`]: versioned({
    fields: {
      mode: strictField(['never', /Choose one of these modes/]),
      types: strictField(['sms', /Choose at least one type/], [['totp', 'totp'], /./]),
      ...{ withoutDevice: choice, selfService: box },
    },
  }),
  [`${SETTINGS}/session`]: versioned({
    filled: { 'lifetime.unit': 'minutes' },
    fields: {
      lifetime: numberField(...each(/15 minutes to 90 days/, '0', '-1', '14', '91e9', 'PT8H')),
      revocation: choice,
    },
  }),
  [`${SETTINGS}/branding`]: versioned({
    fields: {
      // Of a name that stands for the organization, every character can be seen.
      name: {
        takes: [
          ...(['nothing', 'spaces', 'HTML', 'right-to-left words', 'a number'] as const),
          ...(['emoji', 'combining marks', 'a name of JavaScript'] as const),
        ],
        wrong: [['x'.repeat(65), /1 to 64/], ...each(/can’t be seen/, '\u202Enimda', 'a\u200Bb')],
      },
      colour: optionalStrictField(...each(/Enter a colour/, 'red', '#12345', '#gggggg', 'url(//x)')),
    },
  }),
  [`${SETTINGS}/sign-in`]: versioned({
    filled: { 'throttleWindow.unit': 'minutes' },
    fields: {
      throttleWindow: numberField(...each(/one second to one day/, '0', 'x', '2000')),
      attemptsPerUser: numberField(...each(/from 1 to 1,000,000/, '0', '1.5', '1000001', '-3')),
      attemptsPerAddress: numberField(['0', /from 1 to 1,000,000/]),
      training: strictField(['all', /Check/], [['demoUsers', 'all'], /Check/]),
    },
  }),
  [`${SETTINGS}/saml`]: versioned({
    fields: {
      ...{ profile: choice, weakAlgorithms: choice, denial: choice },
      ...{ reservedNames: choice, content: choice, wire: choice },
    },
  }),
  [`${SETTINGS}/limits`]: versioned({
    fields: {
      ...{ events: count, mails: count, exchangesPerApplication: count, requestsPerApplication: count },
      ...{ eventBytes: octets, mailBytes: octets, exchangeBytesPerApplication: octets },
      ...{ requestBytesPerApplication: octets, passwordHashCost: strictField(...NUMBERS) },
      ...{ applications: count, serviceProviderCertificateBytes: strictField(...NUMBERS) },
    },
  }),
  [`${SETTINGS}/url`]: {
    params: { instance: 'INSTANCE_WITHOUT_ALIAS' },
    fields: {
      alias: strictField(...each(/./, 'ab', 'd-x', 'samples', 'demo!', 'UPPER', 'a--', '-a-', 'dеmo'), [
        'demo',
        /The alias demo is taken/,
      ]),
    },
  },
  [`${SETTINGS}/logo`]: {
    fields: { version: versionField },
    file: {
      field: 'logo',
      wrong: [
        ['', /Choose a file/],
        [
          '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
          /neither a PNG nor a JPEG/,
        ],
        ['x'.repeat(70_000), /more than 64 KiB/],
        ['\x89PNG\r\n\x1a\n', /./],
      ],
    },
  },
  [`${SETTINGS}/logo/remove`]: { page: `${SETTINGS}/logo`, fields: { version: versionField } },
  [`${SETTINGS}/time/advance`]: versioned({
    page: `${SETTINGS}/time/review?change=advance&by=1`,
    filled: { by: '1', 'by.unit': 'hours' },
    fields: {
      by: numberField(...each(/Enter a number above 0/, '0', '-1', '1h', '99999999'), [
        '9999999',
        OUT_OF_RANGE,
      ]),
    },
  }),
  [`${SETTINGS}/time/set`]: {
    page: `${SETTINGS}/time/review?change=set&now=2030-01-31T09%3A00`,
    filled: { now: '2030-01-31 09:00' },
    fields: {
      now: strictField(
        ...each(/Enter a date/, 'tomorrow', '2030-13-01 09:00', '٢٠٣٠-01-31 09:00'),
        ...each(OUT_OF_RANGE, '1970-01-01 00:00', '2300-01-01 00:00'),
      ),
      version: versionField,
    },
  },
  [`${SETTINGS}/time/freeze`]: clock,
  [`${SETTINGS}/time/resume`]: clock,
  [`${SETTINGS}/time/reset`]: clock,
  [`${SETTINGS}/delete`]: {
    filled: { applications: 'yes', assignments: 'yes', users: 'yes', confirmation: 'DELETE' },
    fields: {
      ...{ applications: acknowledged, assignments: acknowledged, users: acknowledged },
      ...{ confirmation: wordField('DELETE'), version: versionField },
    },
  },
  [`${SETTINGS}/access/add`]: [
    {
      filled: { type: 'USER', name: 'bo@example.com', access: 'full' },
      fields: {
        type: strictField(['ROLE', /Choose a user or a group/]),
        name: strictField(...each(/no user with this user name/, 'nobody', 'Engineering')),
        access: strictField(['all', /Expected full or read-only/], ['none', /./]),
      },
    },
    {
      filled: { type: 'GROUP', name: 'Engineering', access: 'full' },
      fields: { name: strictField(['bo@example.com', /no group with this name/]) },
    },
  ],
  [`${SETTINGS}/access/users/:user`]: access,
  [`${SETTINGS}/access/groups/:group`]: access,
};
