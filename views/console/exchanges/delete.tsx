import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { Named, namedText } from '../../components/named.tsx';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

/** What is deleted: one exchange, those of an application, or those of all. */
export interface DeletedExchanges {
  /** Such as `Delete all exchanges`. */
  readonly title: string;
  /** The name of the application, if they are those of one. */
  readonly of?: string | undefined;
  /** A sentence. */
  readonly consequence: string;
  readonly back: { readonly label: string; readonly href: string };
  readonly action: string;
}

export interface DeleteExchangesPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  what: DeletedExchanges;
  error?: string | undefined;
}

/** Asks before recorded exchanges are deleted. */
export function DeleteExchangesPage({ page, frame, what, error }: DeleteExchangesPageProps) {
  const { title, of, consequence, back, action } = what;
  const whole = of === undefined ? title : `${title} of ${namedText(of)}`;
  return (
    <InstanceLayout {...{ page, frame }} title={formTitle(whole, { errors: {}, error })} place="events">
      <a class="v-back" href={back.href}>
        <Icon name="arrow-left" />
        {back.label}
      </a>
      <h1>
        {title}
        {of !== undefined && (
          <>
            {' of '}
            <Named text={of} />
          </>
        )}
      </h1>
      <ConfirmByWord
        id="delete-exchanges"
        action={action}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={[consequence]}
        error={error}
        submitLabel="Delete"
        cancelHref={back.href}
        cancelLabel="Cancel"
      />
    </InstanceLayout>
  );
}
