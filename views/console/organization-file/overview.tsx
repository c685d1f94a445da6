import { Banner } from '../../components/console/banner.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

export interface OrganizationFilePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** The sentence about what was just done. */
  done?: string | undefined;
}

/** The organization file: how to get it, and how to apply one. */
export function OrganizationFilePage({ page, frame, done }: OrganizationFilePageProps) {
  const here = `${frame.homeHref}/organization-file`;
  return (
    <InstanceLayout {...{ page, frame }} title="Organization file" place="organization-file">
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <h1>Organization file</h1>
      <p class="v-lead">
        The whole configuration as one YAML file: settings, users, groups, applications and assignments. Keep
        it beside your code, or apply it to another server.
      </p>
      <section class="v-page-section" aria-labelledby="export">
        <h2 id="export">Export</h2>
        <p>Without passwords, MFA devices and private keys.</p>
        <p class="v-form-end">
          <a class="btn btn-primary" href={`${here}/export`} download>
            Download
          </a>
          {frame.mayChange && (
            <a class="btn v-button-quiet" href={`${here}/export-secrets`}>
              Download with secrets
            </a>
          )}
        </p>
      </section>
      {frame.mayChange && (
        <section class="v-page-section" aria-labelledby="import">
          <h2 id="import">Import</h2>
          <p>You see what would change, and what would be deleted, before anything is done.</p>
          <p class="v-form-end">
            <a class="btn btn-primary" href={`${here}/import`}>
              Import a file
            </a>
          </p>
        </section>
      )}
    </InstanceLayout>
  );
}
