import { ImportPage } from '../../../../views/console/imports/detail.tsx';
import { ImportFormPage } from '../../../../views/console/imports/form.tsx';
import { ImportsPage } from '../../../../views/console/imports/list.tsx';
import type { ShownImport } from '../../../../views/console/imports/state.ts';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';

const startedAt = { iso: '2026-05-04T09:12:00.000Z', text: '4 May 2026, 09:12 UTC' };
const STARTERS: Partial<Record<ShownImport['status'], string>> = {
  ...{ running: 'ana@example.com', done: AWKWARD_NAMES[0], failed: 'An operator, by the control API' },
  stopped: AWKWARD_NAMES[1],
};
const shown = (status: ShownImport['status'], faults: readonly string[] = []): ShownImport => ({
  ...{ id: `import-${status}`, status, faults, startedAt },
  startedBy: STARTERS[status],
  ...{ done: status === 'done' ? 50_000 : 12_350, total: 50_000 },
});
const all = [shown('running'), shown('done'), shown('failed'), shown('stopped'), shown('interrupted')];
const mistakes = AWKWARD_NAMES.map(
  (name, index) => `Line ${index + 2}: There is no group ${name}: send it too, or correct the name.`,
);
const form = { frame, content: '', errors: {}, mistakes: [] };

/** The pages of imports. */
export const consoleImportPages: PageSamples = {
  'console-imports': (page) => <ImportsPage {...{ page, frame, imports: all }} />,
  'console-imports-empty': (page) => <ImportsPage {...{ page, frame, imports: [] }} />,
  'console-imports-read-only': (page) => <ImportsPage {...{ page, imports: all }} frame={readOnlyFrame} />,
  'console-import-add': (page) => <ImportFormPage {...{ page, ...form }} />,
  'console-import-add-error': (page) => (
    <ImportFormPage
      {...{ page, ...form, mistakes }}
      content={'userName,email\n<b>"\u202Eana'}
      errors={{ content: mistakes[0] ?? '' }}
    />
  ),
  'console-import-running': (page) => <ImportPage {...{ page, frame, shown: shown('running') }} />,
  'console-import-done': (page) => <ImportPage {...{ page, frame, shown: shown('done') }} />,
  'console-import-failed': (page) => (
    <ImportPage
      {...{ page, frame, shown: shown('failed', ['Another user has the email address a@b.c already.']) }}
    />
  ),
  'console-import-stopped': (page) => (
    <ImportPage
      {...{
        page,
        frame,
        shown: shown('stopped', ['ana@example.com has no access to the console any more.']),
      }}
    />
  ),
  'console-import-interrupted': (page) => <ImportPage {...{ page, frame, shown: shown('interrupted') }} />,
};
