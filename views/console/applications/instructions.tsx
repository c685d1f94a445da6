import { CopiedValue } from '../../components/console/copied-value.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { safeHref } from '../../safe-href.ts';
import { Warnings } from '../warnings.tsx';
import { ApplicationTab, type ApplicationPageProps } from './application-page.tsx';

export interface InstructionsPageProps extends ApplicationPageProps {
  steps: readonly {
    readonly text: string;
    readonly values: readonly { readonly label: string; readonly value: string }[];
  }[];
  /** About the certificate. */
  warnings: readonly string[];
  sources: readonly { readonly title: string; readonly url: string }[];
}

const UPDATING: GuideNoteProps = {
  procedure: "Step 2: Update the service provider's website.",
  differs:
    'The instructions are a tab of the application, without “Edit configuration” and “View instructions”.',
};

/** How to configure the service provider, with the values to copy at each step. */
export function InstructionsPage({
  page,
  frame,
  head,
  done,
  steps,
  warnings,
  sources,
}: InstructionsPageProps) {
  return (
    <ApplicationTab {...{ page, frame, head, done }} title="Instructions" guide={[UPDATING]}>
      <h2>Instructions</h2>
      <Warnings title="About the certificate" texts={warnings} />
      <ol class="v-instructions">
        {steps.map(({ text, values }) => (
          <li key={text}>
            <p>{text}</p>
            {values.length > 0 && (
              <Facts
                facts={values.map(({ label, value }) => ({ label, value: <Value {...{ label, value }} /> }))}
              />
            )}
          </li>
        ))}
      </ol>
      {sources.length > 0 && (
        <section aria-labelledby="sources">
          <h2 id="sources">The vendor’s documentation</h2>
          <ul>
            {sources.map(({ title, url }) => (
              <li key={url}>
                <a href={safeHref(url)} rel="noreferrer" target="_blank">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </ApplicationTab>
  );
}

/** A certificate has many lines, of which nobody reads one. */
function Value({ label, value }: { label: string; value: string }) {
  return value.includes('\n') ? (
    <CopyButton text={value} label={`Copy ${label}`} />
  ) : (
    <CopiedValue name={label} value={value} />
  );
}
