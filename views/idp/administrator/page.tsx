import { ApplicationIcon } from '../../components/application-icon.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time } from '../../components/when.tsx';
import { PortalLayout } from '../../layouts/portal-layout.tsx';
import { safeHref } from '../../safe-href.ts';
import { AdviceList } from './advice.tsx';
import { RequestPanel, ResponsePanel } from './documents.tsx';
import { AttributesPanel, SubjectPanel } from './person.tsx';
import type { AdministratorPageProps } from './props.ts';
import { DeliveryPanel, SessionPanel, TimesPanel } from './terms.tsx';
import { SignaturesPanel } from './trust.tsx';
import { Named } from '../../components/named.tsx';

/** The id of the field with the exact document, for copying by hand and for the button that saves it. */
const EXACT = 'exact-response';

/**
 * Shows a response before it is sent: its contents, common failures, and the document itself. The page never posts the
 * response by itself. Like the delivery page, it must be sent without `form-action` in its Content-Security-Policy.
 */
export function AdministratorPage(props: AdministratorPageProps) {
  const { page, homeHref, account, applicationName } = props;
  return (
    <PortalLayout
      {...{ page, homeHref, account }}
      title={`Administrator mode: ${applicationName}`}
      scripts={['administrator.js']}
    >
      <div class="v-debug">
        <Head {...props} />
        <AdviceList advice={props.advice} applicationName={applicationName} />
        <Details {...props} />
      </div>
    </PortalLayout>
  );
}

/** The contents of a response, the document itself, and the request that it answers. */
export function Details(props: AdministratorPageProps) {
  const { assertion } = props;
  return (
    <>
      <div class="v-columns">
        {assertion && (
          <div class="v-debug-stack">
            <SubjectPanel {...props} assertion={assertion} />
            <TimesPanel {...props} assertion={assertion} />
          </div>
        )}
        <div class="v-debug-stack">
          <DeliveryPanel {...props} />
          {assertion?.session && <SessionPanel session={assertion.session} />}
        </div>
      </div>
      {assertion && <AttributesPanel assertion={assertion} />}
      <SignaturesPanel signatures={props.signatures} certificate={props.certificate} />
      <ResponsePanel xml={props.xml} id={EXACT} fileName={props.fileName} />
      {props.request && <RequestPanel request={props.request} />}
    </>
  );
}

function Head(props: AdministratorPageProps) {
  const { applicationName, icon, acsUrl, samlResponse, relayState, xml } = props;
  return (
    <header class="v-debug-head">
      <ApplicationIcon name={applicationName} icon={icon} />
      <div class="v-debug-title">
        <h1>You are now in administrator mode</h1>
        <Lead {...props} />
      </div>
      <div class="v-debug-actions">
        <form method="post" action={safeHref(acsUrl)} data-send>
          <input type="hidden" name="SAMLResponse" value={samlResponse} />
          {relayState !== null && <input type="hidden" name="RelayState" value={relayState} />}
          <button type="submit" class="btn btn-primary">
            <Icon name="arrow-right" />
            Send to <Named text={applicationName} />
          </button>
        </form>
        <CopyButton text={xml} label="Copy XML" />
        <a class="no-js" href={`#${EXACT}`}>
          Copy the XML by hand
        </a>
      </div>
    </header>
  );
}

function Lead({ applicationName, refusal, issuedAt, assertion, request }: AdministratorPageProps) {
  return (
    <>
      <p class="v-lead">
        {refusal === null ? (
          <>
            This is the response that signs you in to <Named text={applicationName} />. It hasn’t been sent
            yet.
          </>
        ) : (
          <>
            This response tells <Named text={applicationName} /> why you aren’t signed in. It hasn’t been sent
            yet.
          </>
        )}
      </p>
      <p class="v-soft">
        {issuedAt && (
          <>
            It was signed and recorded at <Time at={issuedAt} />
            {assertion?.notOnOrAfter ? (
              <>
                {' '}
                and can be used until <Time at={assertion.notOnOrAfter} />.{' '}
              </>
            ) : (
              '. '
            )}
          </>
        )}
        {request === null
          ? 'Reloading this page makes a new one.'
          : 'The application’s request gets no other response.'}
      </p>
    </>
  );
}
