import { ApplicationIcon } from '../../components/application-icon.tsx';
import { HostName } from '../../components/host-name.tsx';
import { Icon } from '../../components/icon.tsx';
import { PortalLayout } from '../../layouts/portal-layout.tsx';
import { safeHref } from '../../safe-href.ts';
import { Details } from './page.tsx';
import type { AdministratorPageProps } from './props.ts';
import { Named } from '../../components/named.tsx';

export interface UnansweredPageProps extends AdministratorPageProps {
  unanswered: { host: string; domain: string };
}

/**
 * Shows a response that would go to a host where nobody answers. It has the form of the delivery page, and no other, so
 * that programs that post this form go on working; but no script posts it. Like the delivery page, it must be sent
 * without `form-action` in its Content-Security-Policy.
 */
export function UnansweredPage(props: UnansweredPageProps) {
  const { page, homeHref, applicationName, icon, unanswered, acsUrl, samlResponse, relayState, refusal } =
    props;
  const { host, domain } = unanswered;
  return (
    <PortalLayout {...{ page, homeHref }} title={`Nobody answers at ${host}`} scripts={['administrator.js']}>
      <div class="v-debug">
        <header class="v-debug-head">
          <ApplicationIcon name={applicationName} icon={icon} />
          <div class="v-debug-title">
            <h1 class="v-break">
              Nobody answers at <HostName host={host} />
            </h1>
            <p class="v-lead">
              {refusal === null ? (
                <>
                  This is the response that signs you in to <Named text={applicationName} />. It hasn’t been
                  sent yet.
                </>
              ) : (
                <>
                  This response tells <Named text={applicationName} /> that there is no assertion. It hasn’t
                  been sent yet.
                </>
              )}
            </p>
            <p class="v-soft">
              Names in <code>{domain}</code> are reserved for examples and tests, so no server on the internet
              has one. Does one answer in your own network? Then send the response. With the setting{' '}
              <code>reservedNames: send</code>, this page is not shown.
            </p>
          </div>
          <div class="v-debug-actions">
            <form method="post" action={safeHref(acsUrl)} data-deliver>
              <input type="hidden" name="SAMLResponse" value={samlResponse} />
              {relayState !== null && <input type="hidden" name="RelayState" value={relayState} />}
              <button type="submit" class="btn btn-primary">
                <Icon name="arrow-right" />
                Send it anyway
              </button>
            </form>
            <a href={homeHref}>Back to the portal</a>
          </div>
        </header>
        <Details {...props} />
      </div>
    </PortalLayout>
  );
}
