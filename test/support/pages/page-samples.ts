import type { PageSamples } from './page-sample.ts';
import { signInPages } from './samples/sign-in.tsx';
import { factorPages } from './samples/factors.tsx';
import { devicePages } from './samples/devices.tsx';
import { portalPages } from './samples/portal.tsx';
import { identityProviderPages } from './samples/idp.tsx';
import { consoleClassroomPages } from './samples/console-classrooms.tsx';
import { consoleDashboardPages } from './samples/console-dashboard.tsx';
import { consoleExchangePages } from './samples/console-exchanges.tsx';
import { consoleMailboxPages } from './samples/console-mailbox.tsx';
import { consoleEventPages } from './samples/console-events.tsx';
import { consoleDiagnosisPages } from './samples/console-diagnosis.tsx';
import { consoleSignInPages } from './samples/console-sign-ins.tsx';
import { consoleMfaDevicePages } from './samples/console-mfa-devices.tsx';
import { consoleUserPages } from './samples/console-users.tsx';
import { consolePages } from './samples/console.tsx';
import { consoleApplicationPages } from './samples/console-applications.tsx';
import { consoleGroupPages } from './samples/console-groups.tsx';
import { consoleApplicationTabPages } from './samples/console-application-tabs.tsx';
import { consoleImportPages } from './samples/console-imports.tsx';
import { consoleSettingsForms } from './samples/console-settings-forms.tsx';
import { consoleSettingsPages } from './samples/console-settings.tsx';
import { consoleOrganizationFilePages } from './samples/console-organization-file.tsx';
import { otherPages } from './samples/other.tsx';

export { sampleTiles } from './samples/portal.tsx';

/** Every page by name: for screenshots, accessibility checks and unit tests. */
export const pageSamples: PageSamples = {
  ...signInPages,
  ...factorPages,
  ...devicePages,
  ...portalPages,
  ...identityProviderPages,
  ...otherPages,
  ...consolePages,
  ...consoleApplicationPages,
  ...consoleGroupPages,
  ...consoleSettingsPages,
  ...consoleSettingsForms,
  ...consoleApplicationTabPages,
  ...consoleUserPages,
  ...consoleMfaDevicePages,
  ...consoleImportPages,
  ...consoleOrganizationFilePages,
  ...consoleEventPages,
  ...consoleExchangePages,
  ...consoleMailboxPages,
  ...consoleSignInPages,
  ...consoleDiagnosisPages,
  ...consoleDashboardPages,
  ...consoleClassroomPages,
};
