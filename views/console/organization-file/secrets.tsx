import { Callout } from '../../components/callout.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

/** The warning before a file with secrets is downloaded. */
export function ExportSecretsPage({ page, frame }: { page: PageContext; frame: ConsoleFrame }) {
  const here = `${frame.homeHref}/organization-file`;
  return (
    <InstanceLayout {...{ page, frame }} title="Download with secrets" place="organization-file">
      <h1>Download with secrets</h1>
      <Callout tone="warning" title="Whoever has this file can act as your users">
        <p>
          It has the hashes of their passwords, the secrets of their MFA devices, and the private keys that
          sign assertions. Keep it as you keep passwords, and delete it when it has served.
        </p>
      </Callout>
      <form method="post" action={`${here}/export-secrets`} class="v-console-form">
        <input type="hidden" name="csrf" value={frame.person.csrf} />
        <p class="v-form-end">
          <button type="submit" class="btn v-button-danger">
            Download with secrets
          </button>
          <a class="btn v-button-quiet" href={here}>
            Cancel
          </a>
        </p>
      </form>
    </InstanceLayout>
  );
}
