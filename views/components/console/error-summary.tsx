import { counted } from '../../words.ts';
import { Callout } from '../callout.tsx';
import { fieldId, type Field } from './field.ts';
import { Named } from '../named.tsx';

export interface ErrorSummaryProps {
  formId: string;
  fields: readonly Field[];
  /** What is wrong with the whole, such as a limit that is reached. */
  error?: string | undefined;
}

/** All faults of a form above it, each with a link to its field. Nothing when there are none. */
export function ErrorSummary({ formId, fields, error }: ErrorSummaryProps) {
  const faults = fields.flatMap((field) => (field.error === undefined ? [] : [{ field, text: field.error }]));
  const count = faults.length + (error === undefined ? 0 : 1);
  if (count === 0) return null;
  return (
    <Callout
      tone="danger"
      title={
        count === 1
          ? 'Nothing was saved: there is a problem'
          : `Nothing was saved: there are ${counted(count, 'problem')}`
      }
    >
      <ul>
        {error !== undefined && (
          <li>
            <Named text={error} />
          </li>
        )}
        {faults.map(({ field, text }) => (
          <li key={field.name}>
            <a href={`#${fieldId(formId, field)}`}>
              {field.label}: <Named text={text} />
            </a>
          </li>
        ))}
      </ul>
    </Callout>
  );
}
