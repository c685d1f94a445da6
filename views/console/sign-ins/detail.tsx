import { Detail } from '../../components/console/detail.tsx';
import { Live } from '../../components/console/live.tsx';
import { Named } from '../../components/named.tsx';
import { VerdictList, type ShownVerdict } from '../../components/console/verdict-list.tsx';
import { Facts } from '../../components/facts.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import type { ListedEvent } from '../events/list.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { LeadsTo, SignInStateTag, whoOf, type ListedSignIn } from './list.tsx';
import { FACT_WORDS, STEP_WORDS } from './words.ts';
import type { ShownSignIn } from '../../../src/administration/operations/sign-ins.ts';

export interface SignInPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  signIn: ListedSignIn & Pick<ShownSignIn, 'failures'>;
  /** The user's page, if the user is known. */
  userHref?: string | undefined;
  done: readonly { readonly fact: ShownSignIn['done'][number]['fact']; readonly at: When | null }[];
  expires: When;
  ended: When | null;
  /** What it has caused, the oldest first. */
  events: readonly ListedEvent[];
}

/** One sign-in: what it has so far and waits for, and beside it what happens in it. */
export function SignInPage(props: SignInPageProps) {
  const { page, frame, signIn, userHref, done, expires, ended, events } = props;
  const verdicts: ShownVerdict[] = done.map(({ fact, at }) => ({
    verdict: 'ok',
    label: FACT_WORDS[fact],
    text:
      fact === 'USER_NAME' ? (
        <Named text={whoOf(signIn)} />
      ) : at === null ? (
        'Done.'
      ) : (
        <>
          Verified <Time at={at} />.
        </>
      ),
  }));
  return (
    <InstanceLayout {...{ page, frame }} title="Sign-in" place="events">
      <Detail
        back={{ label: 'Sign-ins', href: `${frame.homeHref}/sign-ins` }}
        kind="Sign-in"
        name={`Begun ${signIn.started.text}`}
        tabs={[]}
        currentHref=""
      >
        <Live id="sign-in-now">
          <div class="v-beside">
            <div>
              <section class="v-panel" aria-labelledby="steps">
                <h2 id="steps">
                  Steps <SignInStateTag {...signIn} />
                </h2>
                <VerdictList label="Steps" verdicts={[...verdicts, lastOf(signIn, expires, ended)]} />
              </section>
              <section class="v-panel" aria-label="In short">
                <Facts
                  facts={[
                    {
                      label: 'User',
                      value:
                        userHref === undefined ? (
                          <Named text={whoOf(signIn)} />
                        ) : (
                          <a href={userHref}>
                            <Named text={whoOf(signIn)} />
                          </a>
                        ),
                    },
                    { label: 'Leads to', value: <LeadsTo {...signIn.leadsTo} /> },
                    { label: 'Browser', value: <Named text={signIn.browser} /> },
                    { label: 'From the address', value: <Named text={signIn.ip} /> },
                    { label: 'Wrong passwords and codes', value: signIn.failures },
                  ]}
                />
              </section>
            </div>
            <SignInEvents frame={frame} events={events} />
          </div>
        </Live>
      </Detail>
    </InstanceLayout>
  );
}

/** How it ended, or what it waits for. */
function lastOf({ state, step }: ListedSignIn, expires: When, ended: When | null): ShownVerdict {
  const at = ended ?? expires;
  if (state === 'signed-in') {
    return {
      verdict: 'ok',
      label: 'Signed in',
      text: (
        <>
          A session began <Time at={at} />.
        </>
      ),
    };
  }
  if (state === 'expired') {
    return {
      verdict: 'stops',
      label: 'Ended',
      text: (
        <>
          Nobody went on with it until <Time at={at} />.
        </>
      ),
    };
  }
  const { label, about } = STEP_WORDS[step ?? 'identify'];
  if (state === 'refused') return { verdict: 'stops', label, text: about };
  return {
    verdict: 'next',
    label,
    text: (
      <>
        {about} It ends <Time at={expires} />.
      </>
    ),
  };
}

function SignInEvents({ frame, events }: Pick<SignInPageProps, 'frame' | 'events'>) {
  return (
    <section class="v-panel" aria-labelledby="sign-in-events">
      <h2 id="sign-in-events">Events</h2>
      {events.length === 0 ? (
        <p class="v-soft">Nothing has happened in it yet. What is typed and verified appears here.</p>
      ) : (
        <VerdictList
          label="Events"
          verdicts={events.map(({ id, name, at, failed }) => ({
            verdict: failed ? 'warns' : 'ok',
            label: name,
            text: <Time at={at} />,
            link: { label: 'Show', href: `${frame.homeHref}/events/${encodeURIComponent(id)}` },
          }))}
        />
      )}
    </section>
  );
}
