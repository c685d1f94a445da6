import { DiagnosisPage, type ShownDiagnosis } from '../../../../views/console/diagnosis/diagnosis.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';

const asked = { frame, user: 'ana@example.com', application: 'Wiki' };
const link = { label: 'Application', href: '/demo/console/applications/ins-1' };
const stopped: ShownDiagnosis = {
  canSignIn: false,
  conclusion: 'ana@example.com can’t sign in to Wiki: the application is disabled, and 1 other thing too.',
  findings: [
    { verdict: 'ok', label: 'User', text: 'The user exists and is enabled.', change: undefined },
    {
      ...{ verdict: 'warns', label: 'Password', text: 'The password is for one sign-in.' },
      change: 'After it the user chooses a new one.',
    },
    {
      ...{ verdict: 'stops', label: 'Application', text: 'The application is disabled.' },
      ...{ change: 'Enable the application.', link },
    },
    { verdict: 'stops', label: 'Certificate', text: 'There is none.', change: 'Add a certificate.', link },
  ],
};
const choices = AWKWARD_NAMES.map((name, index) => ({
  ...{ name, about: name, href: `/demo/console/diagnosis?user=${index}` },
}));

/** The pages of the diagnosis. */
export const consoleDiagnosisPages: PageSamples = {
  'console-diagnosis': (page) => <DiagnosisPage {...{ page, frame, user: '', application: '' }} />,
  'console-diagnosis-read-only': (page) => (
    <DiagnosisPage {...{ page, ...asked, frame: readOnlyFrame, diagnosis: stopped }} />
  ),
  'console-diagnosis-stopped': (page) => <DiagnosisPage {...{ page, ...asked, diagnosis: stopped }} />,
  'console-diagnosis-fine': (page) => (
    <DiagnosisPage
      {...{ page, ...asked, user: AWKWARD_NAMES[0] }}
      diagnosis={{
        canSignIn: true,
        conclusion: `Nothing stops ${AWKWARD_NAMES[0]} from signing in to ${AWKWARD_NAMES[5]}.`,
        findings: AWKWARD_NAMES.map((text) => ({ verdict: 'ok', label: 'Access', text, change: undefined })),
      }}
    />
  ),
  'console-diagnosis-which-user': (page) => (
    <DiagnosisPage {...{ page, ...asked, choices: { of: 'user', choices, hasMore: true } }} />
  ),
  'console-diagnosis-which-application': (page) => (
    <DiagnosisPage {...{ page, ...asked, choices: { of: 'application', choices: [], hasMore: false } }} />
  ),
  'console-diagnosis-refused': (page) => (
    <DiagnosisPage
      {...{ page, ...asked, application: AWKWARD_NAMES[1] }}
      errors={{ application: 'No application has this name.' }}
    />
  ),
};
