import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { HiddenEntries } from '../../components/console/hidden-values.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import type { ReviewedAnswer } from '../../components/console/wizard.ts';
import { METADATA_DIFFERS } from './edit.tsx';
import { addingNotes } from './guide-notes.ts';
import { InstanceLayout } from '../instance-layout.tsx';
import { Warnings } from '../warnings.tsx';
import type { ApplicationPageProps } from './application-page.tsx';

export interface MetadataReviewProps extends ApplicationPageProps {
  version: number;
  now: readonly ReviewedAnswer[];
  then: readonly ReviewedAnswer[];
  /** About the metadata. */
  warnings: readonly string[];
  hidden: HiddenEntries;
}

/** What new metadata would set, beside what is set now. Nothing has happened yet. */
export function MetadataReviewPage(props: MetadataReviewProps) {
  const { page, frame, head, href, version, now, then, warnings, hidden } = props;
  const labels = [...new Set([...now, ...then].map(({ label }) => label))];
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`Review metadata: ${head.name}`}
      place="applications"
      guide={addingNotes(METADATA_DIFFERS)}
    >
      <h1>Review metadata</h1>
      <Warnings title="About the metadata" texts={warnings} />
      <table class="v-compare">
        <caption class="visually-hidden">The values of now and the new ones</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Now</th>
            <th scope="col">New</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td data-label="Now">
                <Values all={now} label={label} />
              </td>
              <td data-label="New">
                <Values all={then} label={label} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConsoleForm
        id="metadata"
        action={`${href}/metadata`}
        csrf={frame.person.csrf}
        fields={[]}
        {...{ version, hidden }}
        submitLabel="Save changes"
        cancelHref={`${href}/metadata`}
      />
    </InstanceLayout>
  );
}

function Values({ all, label }: { all: readonly ReviewedAnswer[]; label: string }) {
  const text = all
    .filter((each) => each.label === label && each.value !== '')
    .map(({ value }) => value)
    .join(', ');
  return <ValueOrNone text={text} />;
}
