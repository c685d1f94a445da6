import { METADATA } from '../../http/interfaces/control-api/valid-requests.ts';
import {
  hiddenField,
  nameField,
  numberField,
  optionalStrictField,
  optionalText,
  rowsField,
  strictField,
  versionField,
  wordField,
  type DeclaredField,
  type DeclaredForm,
  type DeclaredForms,
} from './declared-form.ts';
import { ODD_TEXTS } from './odd-texts.ts';

const APPLICATION = '/:instance/console/applications/:application';
const DURATION = /Give a number: from 1 minute to 30 days/;

const startUrl = optionalStrictField(['javascript:alert(1)', /./], ['ftp://example.com', /./]);
/** Any text: it goes to the service provider as it is. */
const relayState: DeclaredField = {
  takes: optionalText().takes,
  wrong: [['x'.repeat(8193), /8 KiB/]],
};
const sessionDuration = numberField(
  ['soon', DURATION],
  ['0', DURATION],
  ['-1', DURATION],
  ['99999999', DURATION],
);

const properties = {
  displayName: nameField(['x'.repeat(129), /128/]),
  description: optionalText(['x'.repeat(1025), /1024/]),
  ...{ startUrl, relayState, sessionDuration },
};

const SERVICE_PROVIDER = { acsUrl: 'https://sp.example.org/acs', audience: 'urn:sp' };
const NO_METADATA = /Give the service provider/;
const file = {
  field: 'metadata',
  wrong: [
    ['<a/>', /./],
    ['PK\0\0', /no text file in UTF-8/],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /./],
    [ODD_TEXTS.HTML, /./],
  ],
} as const;

const custom: DeclaredForm = {
  params: { entry: 'custom' },
  filled: { displayName: 'Typed', ...SERVICE_PROVIDER },
  fields: {
    ...properties,
    displayName: nameField(['x'.repeat(129), /128/], ['Wiki', /Another application has the key wiki/]),
    acsUrl: strictField(['not an address', /./], ['ftp://example.com', /./]),
    audience: nameField(['x'.repeat(1025), /./]),
    step: hiddenField('save'),
    goto: hiddenField('review'),
  },
};
/** Metadata instead of typed values. */
const ofMetadata: DeclaredForm = {
  params: { entry: 'custom' },
  filled: { displayName: 'Metadata' },
  fields: { metadataXml: strictField(['<a/>', /./], ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /./]) },
  file,
};

/** Buttons of pages that show more than one. */
const button: DeclaredForm = { page: '/:instance/console/applications', fields: {} };
const certificate = { page: `${APPLICATION}/certificates`, fields: {} };

export const applicationForms: DeclaredForms = {
  '/:instance/console/applications/add/:entry': [
    custom,
    ofMetadata,
    {
      params: { entry: 'slack' },
      filled: { displayName: 'Slack' },
      fields: {
        'variable-workspace': numberField(['a.b', /./], ['evil.example/', /./], ['${user:email}', /./]),
      },
    },
  ],
  [`${APPLICATION}/edit`]: {
    fields: { ...properties, version: versionField },
    spoiled: { version: '0' },
  },
  [`${APPLICATION}/metadata`]: [
    {
      filled: SERVICE_PROVIDER,
      fields: {
        acsUrl: strictField(['not an address', /./], ['ftp://example.com', /./]),
        audience: nameField(['x'.repeat(1025), /./]),
        // Saving compares it: this is only the way to the review.
        version: { ...versionField, hidden: 'ignored' },
      },
    },
    {
      fields: { metadataXml: strictField(['<a/>', /./], [METADATA.slice(0, -30), /./]) },
      file: { ...file, wrong: [...file.wrong, ['', NO_METADATA]] },
    },
  ],
  [`${APPLICATION}/attribute-mappings`]: {
    fields: {
      'name-0': nameField(['x'.repeat(1025), /1024/]),
      'name-1': nameField(['email', /mapped twice/]),
      'value-0': {
        takes: [...nameField().takes, 'nothing to see', 'two lines'],
        wrong: [
          ['x'.repeat(4097), /4096/],
          ['${user:mail}', /“\$\{user:mail\}” is not known/],
          ['${user:email', /never closed/],
        ],
      },
      'format-0': strictField(['uri2', /format must be one of/]),
      'value-subject': {
        takes: [...nameField().takes, 'nothing to see', 'two lines'],
        wrong: [['${user:nobody}', /not known/]],
      },
      'format-subject': strictField(['email', /format must be one of/]),
      act: hiddenField('remove', 'remove-1234', 'delete', 'remove--1'),
      version: versionField,
    },
    spoiled: { version: '0' },
  },
  [`${APPLICATION}/certificates/generate`]: {
    fields: {
      validityMonths: strictField(
        ['0', /at least one month/],
        ['121', /at most 120/],
        ['1e2', /whole number/],
        ['٣', /whole number/],
      ),
      keySize: strictField(['4096', /1024 or 2048/]),
      algorithm: strictField(['MD5', /SHA-256 or SHA-1/]),
    },
  },
  [`${APPLICATION}/certificates/import`]: {
    fields: {
      certificatePem: strictField(['x'.repeat(33_000), /characters/], ['شهادة', /./]),
      privateKeyPem: strictField(),
      algorithm: strictField(['MD5', /SHA-256 or SHA-1/]),
    },
  },
  [`${APPLICATION}/certificates/:certificate/activate`]: {
    fields: { acknowledged: strictField(['no', /Check the box/]) },
  },
  [`${APPLICATION}/certificates/:certificate/delete`]: certificate,
  [`${APPLICATION}/certificates/:certificate/rehearse`]: certificate,
  [`${APPLICATION}/certificates/rehearsals/end`]: certificate,
  [`${APPLICATION}/disable`]: button,
  [`${APPLICATION}/enable`]: button,
  [`${APPLICATION}/assign/users`]: { fields: { selected: rowsField } },
  [`${APPLICATION}/assign/groups`]: { fields: { selected: rowsField } },
  [`${APPLICATION}/assign-everyone`]: button,
  [`${APPLICATION}/remove-access`]: {
    page: `${APPLICATION}/users`,
    fields: { selected: rowsField, confirmed: hiddenField('no') },
  },
  [`${APPLICATION}/remove`]: {
    filled: { confirmation: 'remove' },
    fields: { confirmation: wordField('remove'), version: versionField },
  },
  [`${APPLICATION}/exchanges/delete`]: { fields: { confirmation: wordField('DELETE') } },
};
