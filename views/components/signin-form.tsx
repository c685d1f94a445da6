import type { ComponentChildren } from 'preact';
import { Callout } from './callout.tsx';
import { Icon } from './icon.tsx';

/** What went wrong at the last attempt, as the route words it. */
export interface SignInTrouble {
  /** A wrong or missing value: one or two sentences. */
  error?: string | undefined;
  /** Too many attempts: how long until the next one counts, for people (`30 seconds`). */
  throttled?: { retryAfterText: string } | undefined;
}

const SUMMARY_ID = 'trouble';

/** The id of the summary when there is trouble, for `aria-describedby` of the field it is about. */
export function describedBy({ error, throttled }: SignInTrouble): string | undefined {
  return error !== undefined || throttled !== undefined ? SUMMARY_ID : undefined;
}

export interface SignInFormProps extends SignInTrouble {
  action: string;
  csrf: string;
  /** Id of the field that the summary leads to; absent where there is nothing to type. */
  fieldId?: string;
  submitLabel: string;
  /** What the button does can't be undone: it looks like it. */
  destroys?: boolean;
  children?: ComponentChildren;
}

/** A step's form: the trouble with the last attempt, the fields, one button. */
export function SignInForm(props: SignInFormProps) {
  const { action, csrf, fieldId, submitLabel, destroys = false, children, error, throttled } = props;
  return (
    <form method="post" action={action} class="v-form">
      <div id={SUMMARY_ID}>
        {throttled !== undefined && (
          <Callout tone="warning" title="Too many attempts">
            <p>
              Wait, then try again in <strong>{throttled.retryAfterText}</strong>.
            </p>
          </Callout>
        )}
        {throttled === undefined && error !== undefined && (
          <Callout tone="danger" title="There is a problem">
            <p>{fieldId === undefined ? error : <a href={`#${fieldId}`}>{error}</a>}</p>
          </Callout>
        )}
      </div>
      <input type="hidden" name="csrf" value={csrf} />
      {children}
      <button type="submit" class={`btn btn-lg w-100 ${destroys ? 'v-button-danger' : 'btn-primary'}`}>
        {submitLabel}
        <Icon name={destroys ? 'trash' : 'arrow-right'} class="v-icon-after" />
      </button>
    </form>
  );
}
