import { Callout } from '../../components/callout.tsx';
import { Banner } from '../../components/console/banner.tsx';
import { Fields } from '../../components/console/fields.tsx';
import { Named } from '../../components/named.tsx';
import { VerdictList, type ShownVerdict } from '../../components/console/verdict-list.tsx';
import type { PageContext } from '../../page-context.tsx';
import { ActivityTabs } from '../activity-tabs.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

/** One of those that what was typed may mean: the link chooses it. */
export interface Choice {
  readonly name: string;
  /** Tells those of the same name apart, such as a display name. */
  readonly about: string;
  readonly href: string;
}

/** Those from which one is to be chosen. */
export interface Choices {
  readonly of: 'user' | 'application';
  readonly choices: readonly Choice[];
  /** Whether there are others. */
  readonly hasMore: boolean;
}

export interface ShownDiagnosis {
  readonly canSignIn: boolean;
  readonly conclusion: string;
  /** `text` is what was found, `change` what to do about it. */
  readonly findings: readonly (Omit<ShownVerdict, 'text'> & {
    readonly text: string;
    readonly change: string | undefined;
  })[];
}

export interface DiagnosisPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** As typed. */
  user: string;
  application: string;
  /** What is wrong with what was typed, by the name of its field. */
  errors?: { readonly user?: string | undefined; readonly application?: string | undefined } | undefined;
  choices?: Choices | undefined;
  diagnosis?: ShownDiagnosis | undefined;
}

/** Why somebody can’t sign in to an application: the conclusion first, then the facts one by one. */
export function DiagnosisPage(props: DiagnosisPageProps) {
  const { page, frame, user, application, errors = {}, choices, diagnosis } = props;
  return (
    <InstanceLayout {...{ page, frame }} title="Diagnosis" place="events">
      <h1>Diagnosis</h1>
      <ActivityTabs frame={frame} current="diagnosis" />
      <form method="get" action={`${frame.homeHref}/diagnosis`} class="v-console-form v-asking" novalidate>
        <h2>Why can’t somebody sign in?</h2>
        <Fields
          formId="asked"
          fields={[
            {
              ...{ kind: 'text', name: 'user', label: 'User', value: user, error: errors.user },
              ...{ maxLength: 200, help: 'The user name, or a part of a name or email address.' },
            },
            {
              ...{ kind: 'text', name: 'application', label: 'Application', value: application },
              ...{ error: errors.application, maxLength: 200, help: 'The name, or a part of it.' },
            },
          ]}
        />
        <p class="v-form-end">
          <button type="submit" class="btn btn-primary">
            Find out
          </button>
        </p>
      </form>
      {choices && <ChoiceList {...choices} />}
      {diagnosis && <Answer {...diagnosis} />}
    </InstanceLayout>
  );
}

function Answer({ canSignIn, conclusion, findings }: ShownDiagnosis) {
  return (
    <section class="v-answer" aria-labelledby="facts">
      {canSignIn ? (
        <Banner tone="success">
          <Named text={conclusion} />
        </Banner>
      ) : (
        <Callout tone="danger" title={<Named text={conclusion} />} />
      )}
      <div class="v-panel">
        <h2 id="facts">The facts one by one</h2>
        <VerdictList
          label="Facts"
          verdicts={findings.map(({ text, change, ...rest }) => ({
            ...rest,
            text: <Named text={change === undefined ? text : `${text} ${change}`} />,
          }))}
        />
      </div>
      <p class="v-soft">
        This is about a browser without a session that signs in from the portal. A request of a service
        provider can be refused for other reasons: they stand in its exchange.
      </p>
    </section>
  );
}

function ChoiceList({ of, choices, hasMore }: Choices) {
  const title = of === 'user' ? 'Which user?' : 'Which application?';
  return (
    <section class="v-answer" aria-labelledby="which">
      <h2 id="which">{title}</h2>
      {choices.length === 0 ? (
        <p class="v-soft">There is none yet.</p>
      ) : (
        <ul class="v-choices">
          {choices.map(({ name, about, href }) => (
            <li key={href}>
              <a href={href}>
                <Named text={name} />
              </a>{' '}
              <span class="v-soft">
                <Named text={about} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {hasMore && <p class="v-soft">There are others: type more of the name.</p>}
    </section>
  );
}
