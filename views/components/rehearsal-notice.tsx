import { Fragment } from 'preact';
import { Callout } from './callout.tsx';
import { Named } from './named.tsx';

export interface RehearsalNoticeProps {
  /** The applications whose certificates this browser rehearses. */
  applicationNames: readonly string[];
  /** The page with the browser's rehearsals. */
  href: string;
  endAction: string;
  csrf: string;
}

/** Reminds the user of a rehearsal: what a service provider does now may differ from what other users see. */
export function RehearsalNotice({ applicationNames, href, endAction, csrf }: RehearsalNoticeProps) {
  return (
    <Callout tone="info" title="A certificate rehearsal is active in this browser">
      <p>
        In this browser, responses to{' '}
        {applicationNames.map((name, index) => (
          <Fragment key={name}>
            {index > 0 && ', '}
            <Named text={name} />
          </Fragment>
        ))}{' '}
        are signed with a certificate that isn’t active yet. <a href={href}>Show the certificate</a>
      </p>
      <form method="post" action={endAction}>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="end" value="yes" />
        <button type="submit" class="btn btn-sm v-button-quiet">
          End the rehearsal
        </button>
      </form>
    </Callout>
  );
}
