import { FileFormPage } from '../../../../views/console/organization-file/import-form.tsx';
import { OrganizationFilePage } from '../../../../views/console/organization-file/overview.tsx';
import { FilePreviewPage, type ChangeGroup } from '../../../../views/console/organization-file/preview.tsx';
import { ExportSecretsPage } from '../../../../views/console/organization-file/secrets.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';

const form = { frame, content: '', options: [], errors: {}, mistakes: [] };
const mistakes = ['Line 2, column 15: expected a mapping.', 'Line 7, column 3: users must be a list.'];
const updated: ChangeGroup[] = [
  { kind: 'Users', outcome: 'created', count: 60, names: AWKWARD_NAMES },
  { kind: 'Instance', outcome: 'updated', count: 1, names: ['settings.mfa, logo'] },
];
const deleted: ChangeGroup[] = [
  { kind: 'Memberships', outcome: 'deleted', count: 2, names: ['olga in Developers', 'bo in Sales'] },
];
const preview = { frame, warnings: [], hidden: {}, word: undefined, hasChanged: false };

/** The pages of the organization file. */
export const consoleOrganizationFilePages: PageSamples = {
  'console-organization-file': (page) => <OrganizationFilePage {...{ page, frame }} />,
  'console-organization-file-done': (page) => (
    <OrganizationFilePage {...{ page, frame }} done="The organization file was applied." />
  ),
  'console-organization-file-read-only': (page) => <OrganizationFilePage page={page} frame={readOnlyFrame} />,
  'console-organization-file-secrets': (page) => <ExportSecretsPage {...{ page, frame }} />,
  'console-organization-file-import': (page) => <FileFormPage {...{ page, ...form }} />,
  'console-organization-file-import-error': (page) => (
    <FileFormPage
      {...{ page, ...form, mistakes }}
      content={'version: 1\norganization: 5'}
      errors={{ content: mistakes[0] ?? '' }}
    />
  ),
  'console-organization-file-preview': (page) => (
    <FilePreviewPage {...{ page, ...preview }} changes={[...deleted, ...updated]} word="DELETE" />
  ),
  'console-organization-file-preview-changed': (page) => (
    <FilePreviewPage
      {...{ page, ...preview, hasChanged: true }}
      changes={updated}
      warnings={['Line 12: the secret is shorter than RFC 4226 asks for.']}
    />
  ),
  'console-organization-file-preview-unconfirmed': (page) => (
    <FilePreviewPage
      {...{ page, ...preview }}
      changes={deleted}
      word="DELETE"
      error="Type DELETE, exactly as it is shown."
    />
  ),
  'console-organization-file-preview-nothing': (page) => (
    <FilePreviewPage {...{ page, ...preview, changes: [] }} />
  ),
};
