import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Detail } from '../../components/console/detail.tsx';
import { Named } from '../../components/console/named.tsx';
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
}

/** A group's name, and its tabs. */
export function GroupFrame(props: GroupFrameProps & { tab: '' | '/members'; children: ComponentChildren }) {
  const { page, frame, group, done, tab, children } = props;
  const groups = `${frame.homeHref}/groups`;
  const here = `${groups}/${group.id}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`Group ${group.displayName}`}
      place="groups"
      guide={[JOINING]}
    >
      {done !== undefined && <Banner tone="success">{done}</Banner>}
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
  created: When;
  updated: When;
  /** What the group's members may do in this console. */
  access: 'full' | 'read-only' | undefined;
}

/** What a group is. */
export function GroupPage({ page, frame, group, done, created, updated, access }: GroupPageProps) {
  return (
    <GroupFrame {...{ page, frame, group, done }} tab="">
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
