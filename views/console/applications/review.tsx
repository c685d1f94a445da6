import type { HiddenEntries } from '../../components/console/hidden-values.tsx';
import { WizardReview } from '../../components/console/wizard-review.tsx';
import type { ReviewedAnswer } from '../../components/console/wizard.ts';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { Warnings } from '../warnings.tsx';
import { addingNote } from './guide-notes.ts';
import { ADD_STEPS } from './catalogue.tsx';

export interface ReviewPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  name: string;
  slug: string;
  answers: readonly ReviewedAnswer[];
  /** What the metadata or the template sets. */
  sets: readonly ReviewedAnswer[];
  /** About the metadata. */
  warnings: readonly string[];
  earlier: HiddenEntries;
  error?: string | undefined;
}

/** The last step of a new application: what it will be. */
export function ReviewPage(props: ReviewPageProps) {
  const { page, frame, name, slug, answers, sets, warnings, earlier, error } = props;
  const here = `${frame.homeHref}/applications/add`;
  const title = `Review ${name}`;
  const [chooseStep, configureStep] = ADD_STEPS;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={error === undefined ? title : `Nothing was saved: ${title}`}
      place="applications"
      guide={[
        addingNote(
          slug === 'custom',
          'The guide has no review. Save changes is here; afterwards the application’s page has the metadata and the certificate for download.',
        ),
      ]}
    >
      <h1>Review {name}</h1>
      <Warnings title="About the metadata" texts={warnings} />
      {chooseStep && configureStep && (
        <WizardReview
          id="application"
          steps={ADD_STEPS}
          action={`${here}/${slug}`}
          csrf={frame.person.csrf}
          reviewed={[
            { step: chooseStep, answers: [{ label: 'Application', value: name }] },
            { step: configureStep, answers: [...answers, ...sets] },
          ]}
          {...{ earlier, error }}
          submitLabel="Save changes"
          cancelHref={`${frame.homeHref}/applications`}
        >
          <p>The application gets a certificate of its own. Nobody can use it until it is assigned.</p>
        </WizardReview>
      )}
    </InstanceLayout>
  );
}
