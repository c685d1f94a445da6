import type { ComponentChildren } from 'preact';
import { Callout } from './callout.tsx';
import { Icon } from './icon.tsx';

/** What was wrong with the last attempt. */
export interface SignInTrouble {
  /** A wrong or missing value: one or two sentences. */
  error?: string | undefined;
  /** After too many attempts: how long to wait, such as `30 seconds`. */
  throttled?: { retryAfterText: string } | undefined;
}

const SUMMARY_ID = 'trouble';

/** The id of the error summary if there is one, for `aria-describedby` of the field. */
export function describedBy({ error, throttled }: SignInTrouble): string | undefined {
  return error !== undefined || throttled !== undefined ? SUMMARY_ID : undefined;
}

export interface SignInFormProps extends SignInTrouble {
  action: string;
  csrf: string;
  /** The id of the field that the error summary links to; absent when the form has no field. */
  fieldId?: string;
  submitLabel: string;
  /** Whether the button does something that can't be undone; it then looks dangerous. */
  destroys?: boolean;
  children?: ComponentChildren;
}

/** The form of a step: the error of the last attempt, the fields, one button. */
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
