import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { Named } from '../../components/named.tsx';
import { InstanceLayout } from '../instance-layout.tsx';
import type { ApplicationPageProps } from './application-page.tsx';

export const REMOVE_WORD = 'remove';

export interface RemovePageProps extends ApplicationPageProps {
  version: number;
  error?: string | undefined;
  problem?: string | undefined;
}

const REMOVING: GuideNoteProps = {
  procedure: 'To force-remove an AWS application',
  differs: 'Every application is removed in this way; the button is named Remove application.',
};

/** Asks for the guide's word before an application is removed. */
export function RemovePage({ page, frame, head, href, version, error, problem }: RemovePageProps) {
  const failed = error !== undefined || problem !== undefined;
  const title = `Remove application: ${head.name}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={failed ? `Nothing was removed: ${title}` : title}
      place="applications"
      guide={[REMOVING]}
    >
      <h1>
        Remove application <Named text={head.name} />
      </h1>
      <ConfirmByWord
        id="remove"
        action={`${href}/remove`}
        csrf={frame.person.csrf}
        word={REMOVE_WORD}
        consequences={[
          'Nobody can use the application any more, and all permissions of users to it are deleted.',
          'Its certificates are deleted. An application that you add again has others, so its service provider must be configured anew.',
          'Its recorded requests and responses are deleted. To stop sign-ons for a while only, disable it.',
        ]}
        {...{ version, error, problem }}
        submitLabel="Remove application"
        cancelHref={href}
        cancelLabel="Cancel"
      />
    </InstanceLayout>
  );
}
