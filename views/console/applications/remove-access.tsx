import { Consequences } from '../../components/console/consequences.tsx';
import { HiddenValues } from '../../components/console/hidden-values.tsx';
import { Named } from '../../components/named.tsx';
import { Icon } from '../../components/icon.tsx';
import { InstanceLayout } from '../instance-layout.tsx';
import type { ApplicationPageProps } from './application-page.tsx';

export interface RemoveAccessPageProps extends ApplicationPageProps {
  principals: readonly { id: string; name: string; type: 'USER' | 'GROUP' | 'EVERYONE' }[];
  backHref: string;
}

const CONSEQUENCES = {
  USER: 'The user can no longer use the application, unless a group of theirs or everyone still has it.',
  GROUP: 'The members of the group can no longer use the application, unless they have it in another way.',
  EVERYONE: 'Only users and groups to whom the application is assigned can still use it.',
} as const;

/** Asks whether the access of these users and groups is to be removed (guide, “Remove user access”). */
export function RemoveAccessPage({ page, frame, head, href, principals, backHref }: RemoveAccessPageProps) {
  const types = [...new Set(principals.map(({ type }) => type))];
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`Remove access: ${head.name}`}
      place="applications"
      guide={[
        { procedure: 'To remove user access from an application', differs: 'The dialog box is a page.' },
      ]}
    >
      <a class="v-back" href={backHref}>
        <Icon name="arrow-left" />
        <Named text={head.name} />
      </a>
      <h1>Remove access</h1>
      <form method="post" action={`${href}/remove-access`} class="v-console-form" novalidate>
        <p>Verify who loses access:</p>
        <ul>
          {principals.map(({ id, name }) => (
            <li key={id}>
              <Named text={name} />
            </li>
          ))}
        </ul>
        <Consequences sentences={types.map((type) => CONSEQUENCES[type])} />
        <input type="hidden" name="csrf" value={frame.person.csrf} />
        <HiddenValues values={{ confirmed: 'yes', selected: principals.map(({ id }) => id) }} />
        <p class="v-form-end">
          <button type="submit" class="btn v-button-danger">
            Remove access
          </button>
          <a class="btn v-button-quiet" href={backHref}>
            Cancel
          </a>
        </p>
      </form>
    </InstanceLayout>
  );
}
