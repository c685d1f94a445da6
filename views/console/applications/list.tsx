import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Icon } from '../../components/icon.tsx';
import { None } from '../../components/none.tsx';
import type { PageContext } from '../../page-context.tsx';
import { EnabledStatus } from '../enabled-status.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ExpiryIndicator, type ShownExpiry } from './expiry.tsx';
import { addingNotes } from './guide-notes.ts';

export interface ListedApplication {
  id: string;
  displayName: string;
  enabled: boolean;
  /** Such as `Slack, from the catalogue`. */
  origin: string;
  /** Of the active certificate. */
  expires: ShownExpiry | undefined;
}

export interface ApplicationsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  /** The filter by status: '', 'enabled' or 'disabled'. */
  status: string;
  applications: readonly ListedApplication[];
  nextHref?: string | undefined;
  /** The sentence about what was just done. */
  done?: string | undefined;
}

const STATUSES = [
  { value: '', label: 'Any status' },
  { value: 'enabled', label: 'Enabled' },
  { value: 'disabled', label: 'Disabled' },
];

const GUIDE_NOTES: readonly GuideNoteProps[] = [
  ...addingNotes('The application selector is a page with a search.'),
  {
    procedure: 'To check the current status of a certificate',
    differs: 'The indicator is also an icon and words, for those who don’t see colours.',
  },
];

/** All applications of an instance. */
export function ApplicationsPage(props: ApplicationsPageProps) {
  const { page, frame, query, status, applications, nextHref, done } = props;
  const here = `${frame.homeHref}/applications`;
  const add = { label: 'Add a new application', href: `${here}/add` };
  return (
    <InstanceLayout {...{ page, frame }} title="Applications" place="applications" guide={GUIDE_NOTES}>
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <div class="v-heading">
        <h1>Applications</h1>
        {frame.mayChange && (
          <a class="btn btn-primary" href={add.href}>
            <Icon name="plus" />
            {add.label}
          </a>
        )}
      </div>
      <SearchList
        id="applications"
        noun={{ one: 'application', many: 'applications' }}
        action={here}
        query={query}
        searches="Display name or key"
        filters={[{ name: 'status', label: 'Status', options: STATUSES, value: status }]}
        columns={[{ label: 'Display name' }, { label: 'Status' }, { label: 'Type' }, { label: 'Expires on' }]}
        rows={applications.map(({ id, displayName, enabled, origin, expires }) => ({
          ...{ id, name: displayName, href: `${here}/${id}` },
          cells: [
            <EnabledStatus key="status" enabled={enabled} />,
            origin,
            expires ? <ExpiryIndicator key="expires" {...expires} /> : <None key="expires" />,
          ],
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="apps" title="No applications yet" action={frame.mayChange ? add : undefined}>
            An application is a service provider that lets Vestibule sign its users in. Those to whom it is
            assigned see it in their portal.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
