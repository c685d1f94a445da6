import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Detail } from '../../components/console/detail.tsx';
import { Named } from '../../components/named.tsx';
import { NextSteps, type NextStep } from '../../components/console/next-steps.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Facts } from '../../components/facts.tsx';
import { None } from '../../components/none.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { JOINING } from './guide-notes.ts';

export interface ShownGroup {
  id: string;
  displayName: string;
  description: string;
}

interface GroupFrameProps {
  page: PageContext;
  frame: ConsoleFrame;
  group: ShownGroup;
  /** The sentence about what was just done. */
  done?: string | undefined;
  /** What to do after that. */
  next?: { readonly label: string; readonly href: string } | undefined;
}

/** A group's name, and its tabs. */
export function GroupFrame(props: GroupFrameProps & { tab: '' | '/members'; children: ComponentChildren }) {
  const { page, frame, group, done, next, tab, children } = props;
  const groups = `${frame.homeHref}/groups`;
  const here = `${groups}/${group.id}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`Group ${group.displayName}`}
      place="groups"
      guide={[JOINING]}
    >
      {done !== undefined && (
        <Banner tone="success" link={frame.mayChange ? next : undefined}>
          {done}
        </Banner>
      )}
      <Detail
        back={{ label: 'Groups', href: groups }}
        kind="Group"
        name={group.displayName}
        actions={
          frame.mayChange && (
            <a class="btn v-button-quiet" href={`${here}/edit`}>
              Edit group
            </a>
          )
        }
        tabs={[
          { label: 'Details', href: here },
          { label: 'Group members', href: `${here}/members` },
        ]}
        currentHref={`${here}${tab}`}
      >
        {children}
      </Detail>
    </InstanceLayout>
  );
}

export interface GroupPageProps extends GroupFrameProps {
  /** Whether the group was just created: then the page says what comes next. */
  isNew?: boolean;
  created: When;
  updated: When;
  /** What the group's members may do in this console. */
  access: 'full' | 'read-only' | undefined;
}

/** What a group is. */
export function GroupPage({ page, frame, group, done, isNew = false, ...facts }: GroupPageProps) {
  const { created, updated, access } = facts;
  return (
    <GroupFrame {...{ page, frame, group, done }} tab="">
      {isNew && <NextSteps steps={stepsOf(frame, group)} mayChange={frame.mayChange} />}
      <section class="v-panel">
        <Facts
          facts={[
            { label: 'Group name', value: <Named text={group.displayName} /> },
            {
              label: 'Description',
              value: <ValueOrNone text={group.description} />,
            },
            { label: 'Group id', value: <CopiedValue name="group id" value={group.id} /> },
            { label: 'Access of members to this console', value: access ?? <None /> },
            { label: 'Created', value: <Time at={created} /> },
            { label: 'Changed', value: <Time at={updated} /> },
          ]}
        />
      </section>
      {frame.mayChange && (
        <DangerZone
          id="danger"
          acts={[
            {
              label: 'Delete group',
              about: 'Its members stay, and lose what the group gave them.',
              href: `${frame.homeHref}/groups/${group.id}/delete`,
            },
          ]}
        />
      )}
    </GroupFrame>
  );
}

/** What a new group is for. */
const stepsOf = ({ homeHref }: ConsoleFrame, { id }: ShownGroup): NextStep[] => [
  {
    title: 'Add users',
    reason: 'As members of the group they get what the group gets.',
    href: `${homeHref}/groups/${id}/add-users`,
  },
  assigningStep(homeHref),
];

/** Where a group gets an application: each application has the list of those to whom it is assigned. */
export const assigningStep = (homeHref: string): NextStep => ({
  title: 'Assign an application to the group',
  reason: 'Choose the application, then “Assigned users” and “Groups”.',
  href: `${homeHref}/applications`,
});
