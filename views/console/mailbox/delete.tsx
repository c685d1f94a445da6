import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { mailboxHref, mailHref } from './address.ts';

interface DeleteProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** What is wrong with the word. */
  error?: string | undefined;
}

const titled = (title: string, error: string | undefined) =>
  error === undefined ? title : `Nothing was deleted: ${title}`;

/** Asks before a message is deleted. */
export function DeleteMailPage(
  props: DeleteProps & { mail: { readonly id: string; readonly subject: string; readonly to: string } },
) {
  const { page, frame, mail, error } = props;
  const here = mailHref(frame, mail.id);
  return (
    <InstanceLayout {...{ page, frame }} title={titled('Delete message', error)} place="events">
      <h1>Delete message</h1>
      <p class="v-lead">
        <Named text={mail.subject} />, to <Named text={mail.to} />
      </p>
      <ConfirmByWord
        id="delete"
        action={`${here}/delete`}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={[
          'The message can’t be brought back. If it waits to be sent, it isn’t sent.',
          'Its link or code works as long as before.',
        ]}
        error={error}
        submitLabel="Delete message"
        cancelHref={here}
        cancelLabel="Keep it"
      />
    </InstanceLayout>
  );
}

/** Asks before all messages are deleted. */
export function EmptyMailboxPage({ page, frame, error }: DeleteProps) {
  const here = mailboxHref(frame);
  return (
    <InstanceLayout {...{ page, frame }} title={titled('Empty mailbox', error)} place="events">
      <h1>Empty mailbox</h1>
      <ConfirmByWord
        id="delete"
        action={`${here}/delete`}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={[
          'All messages of the organization are deleted, also those that a search leaves out. They can’t be brought back.',
          'Messages that wait to be sent aren’t sent.',
          'Links and codes in them work as long as before.',
        ]}
        error={error}
        submitLabel="Empty mailbox"
        cancelHref={here}
        cancelLabel="Keep them"
      />
    </InstanceLayout>
  );
}
