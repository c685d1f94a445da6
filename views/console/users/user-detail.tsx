import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { Detail } from '../../components/console/detail.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import type { Tab } from '../../components/console/tabs.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import type { PageContext } from '../../page-context.tsx';
import { enabledStatus } from '../enabled-status.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

/** The user of a page. */
export interface ShownUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly enabled: boolean;
}

/** What was just done. */
export interface UserDone {
  readonly text: string;
  /** The address of the form that undoes it. */
  readonly undoAction?: string | undefined;
  /** What to do next. */
  readonly link?: { readonly label: string; readonly href: string } | undefined;
}

export interface UserDetailProps {
  page: PageContext;
  frame: ConsoleFrame;
  user: ShownUser;
  tabs: readonly Tab[];
  /** The address of the tab that is shown. */
  currentHref: string;
  done?: UserDone | undefined;
  scripts?: readonly string[];
  /** The procedures of the guide that are done on the tab; absent when it has none. */
  guide?: readonly GuideNoteProps[] | undefined;
  children: ComponentChildren;
}

/** The frame of all tabs of a user (guide, “Manage identities in AWS SSO”). */
export function UserDetail(props: UserDetailProps) {
  const { page, frame, user, tabs, currentHref, done, scripts, guide, children } = props;
  const usersHref = `${frame.homeHref}/users`;
  const here = tabs.find(({ href }) => href === currentHref)?.label ?? '';
  const undo =
    done?.undoAction === undefined
      ? undefined
      : { label: 'Undo', action: done.undoAction, csrf: frame.person.csrf };
  return (
    <InstanceLayout
      {...{ page, frame, ...(scripts && { scripts }), guide }}
      title={`${user.userName}: ${here}`}
      place="users"
    >
      {done && (
        <Banner tone="success" undo={undo} link={frame.mayChange ? done.link : undefined}>
          {done.text}
        </Banner>
      )}
      <Detail
        back={{ label: 'Users', href: usersHref }}
        kind="User"
        name={user.displayName}
        status={enabledStatus(user.enabled)}
        actions={
          frame.mayChange ? <Actions {...{ frame, user }} href={`${usersHref}/${user.id}`} /> : undefined
        }
        tabs={tabs}
        currentHref={currentHref}
      >
        {children}
      </Detail>
    </InstanceLayout>
  );
}

/** A disabled user can only be enabled (guide, “Disable a user”). */
function Actions({ frame, user, href }: { frame: ConsoleFrame; user: ShownUser; href: string }) {
  if (user.enabled) {
    return (
      <>
        <a class="btn btn-primary" href={`${href}/edit`}>
          Edit user
        </a>
        <a class="btn v-button-quiet" href={`${href}/reset-password`}>
          Reset password
        </a>
      </>
    );
  }
  return <PostButton action={`${href}/enable`} csrf={frame.person.csrf} label="Enable user" isPrimary />;
}
