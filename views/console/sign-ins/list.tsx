import { EmptyState } from '../../components/console/empty-state.tsx';
import { Live } from '../../components/console/live.tsx';
import { Named } from '../../components/named.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { StatusTag } from '../../components/console/status-tag.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { ActivityTabs } from '../activity-tabs.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import type { ShownSignIn } from '../../../src/administration/operations/sign-ins.ts';
import { PLACE_WORDS, STATE_WORDS, STEP_WORDS } from './words.ts';

/** A sign-in in a list. */
export interface ListedSignIn extends Pick<
  ShownSignIn,
  'state' | 'step' | 'isNameUnknown' | 'browser' | 'ip' | 'leadsTo'
> {
  readonly id: string;
  readonly userName: string | null;
  readonly started: When;
  readonly since: When;
}

export interface SignInsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  signIns: readonly ListedSignIn[];
  nextHref?: string | undefined;
}

/** The sign-ins that are under way or have just ended, the newest first, as they go on. */
export function SignInsPage({ page, frame, query, signIns, nextHref }: SignInsPageProps) {
  const here = `${frame.homeHref}/sign-ins`;
  return (
    <InstanceLayout {...{ page, frame }} title="Sign-ins" place="events">
      <h1>Sign-ins</h1>
      <ActivityTabs frame={frame} current="sign-ins" />
      <Live id="sign-ins-now">
        <SearchList
          id="sign-ins"
          noun={{ one: 'sign-in', many: 'sign-ins' }}
          action={here}
          query={query}
          searches="User name, as it is written in full"
          columns={['User', 'State', 'Since', 'Browser', 'Leads to'].map((label) => ({ label }))}
          rows={signIns.map((signIn) => ({
            ...{ id: signIn.id, name: whoOf(signIn), href: `${here}/${encodeURIComponent(signIn.id)}` },
            cells: [
              <SignInStateTag key="state" {...signIn} />,
              <Time key="since" at={signIn.since} />,
              <span key="browser">
                <Named text={signIn.browser} />, <Named text={signIn.ip} />
              </span>,
              <LeadsTo key="to" {...signIn.leadsTo} />,
            ],
          }))}
          nextHref={nextHref}
          csrf={frame.person.csrf}
          nothingYet={
            <EmptyState icon="clock" title="Nobody is signing in">
              When somebody opens the sign-in page, it is listed here for a quarter of an hour: at which step
              it waits, since when, and where it leads.
            </EmptyState>
          }
        />
      </Live>
    </InstanceLayout>
  );
}

/** Who signs in. A name that no user has isn't shown, since people type passwords into the field for it. */
export function whoOf({ userName, isNameUnknown }: Pick<ListedSignIn, 'userName' | 'isNameUnknown'>): string {
  if (userName !== null) return userName;
  return isNameUnknown ? 'A name that no user has' : 'Nobody yet';
}

/** The state in a word or two, with the step that is waited for. */
export function SignInStateTag({ state, step }: Pick<ListedSignIn, 'state' | 'step'>) {
  const { text, tone } = STATE_WORDS[state];
  return (
    <StatusTag
      tone={tone}
      text={state === 'under-way' && step !== null ? `Waits: ${STEP_WORDS[step].label}` : text}
    />
  );
}

/** Where the browser goes after the sign-in. */
export function LeadsTo({ kind, application }: ListedSignIn['leadsTo']) {
  if (application) return <Named text={application.displayName} />;
  return <>{PLACE_WORDS[kind] ?? 'an application that was removed'}</>;
}
