import { Callout } from './callout.tsx';

export interface RehearsalNoticeProps {
  /** The applications that this browser rehearses a certificate of. */
  applicationNames: readonly string[];
  /** Where it sees more of that. */
  href: string;
  endAction: string;
  csrf: string;
}

/** Reminds of a rehearsal, so that nobody takes what a service provider does then for what everybody sees. */
export function RehearsalNotice({ applicationNames, href, endAction, csrf }: RehearsalNoticeProps) {
  return (
    <Callout tone="info" title="This browser rehearses a certificate">
      <p>
        {applicationNames.join(', ')}: responses in this browser are signed with a certificate that isn’t
        active yet. <a href={href}>Show it</a>
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
