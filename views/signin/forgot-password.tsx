import { SignInForm, describedBy } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ForgotPasswordPageProps {
  page: PageContext;
  /** The action of the form, which is also this page's path. */
  action: string;
  csrf: string;
  startHref: string;
  username?: string | undefined;
  question: { kind: 'image'; src: string } | { kind: 'words'; text: string };
  /** A token that the form sends with the answer. */
  challenge: string;
  trouble?: { field: 'username' | 'captcha'; error: string } | undefined;
  throttled?: { retryAfterText: string } | undefined;
}

/** Asks for the user name and a captcha (guide, "How to reset your password"; fields `username`, `captcha`). */
export function ForgotPasswordPage(props: ForgotPasswordPageProps) {
  const { page, action, csrf, startHref, username, question, challenge, trouble, throttled } = props;
  const title = 'Forgot your password?';
  const error = trouble?.error;
  const describe = (field: string) =>
    trouble === undefined || trouble.field === field ? describedBy({ error, throttled }) : undefined;
  return (
    <SignInLayout page={page} title={trouble ? `Error: ${title}` : title}>
      <h1>{title}</h1>
      <p>We will send an email with a link for choosing a new password.</p>
      <SignInForm
        {...{ action, csrf, error, throttled }}
        fieldId={trouble?.field ?? 'username'}
        submitLabel="Recover Password"
      >
        <div class="v-field">
          <label class="form-label" for="username">
            Username
          </label>
          <input
            id="username"
            name="username"
            type="text"
            class="form-control form-control-lg"
            autocapitalize="none"
            spellcheck={false}
            required
            aria-invalid={trouble?.field === 'username' ? 'true' : undefined}
            aria-describedby={describe('username')}
            value={username ?? ''}
            autocomplete="username"
            maxlength={128}
            autofocus={trouble?.field !== 'captcha'}
          />
        </div>
        <div class="v-field">
          <label class="form-label" for="captcha">
            {question.kind === 'image' ? 'Characters in the image' : question.text}
          </label>
          {question.kind === 'image' && (
            <img
              class="v-captcha"
              src={question.src}
              width={220}
              height={72}
              alt="Five distorted characters"
            />
          )}
          <input
            id="captcha"
            name="captcha"
            type="text"
            class="form-control form-control-lg"
            autocapitalize="none"
            spellcheck={false}
            required
            aria-invalid={trouble?.field === 'captcha' ? 'true' : undefined}
            aria-describedby={describe('captcha')}
            autocomplete="off"
            maxlength={32}
            autofocus={trouble?.field === 'captcha'}
          />
        </div>
        <input type="hidden" name="challenge" value={challenge} />
        <input type="hidden" name="alternative" value={question.kind} />
      </SignInForm>
      <p class="v-aside">
        {question.kind === 'image' ? (
          <a href={`${action}?alternative=words`}>Answer a question instead</a>
        ) : (
          <a href={action}>Use an image instead</a>
        )}
      </p>
      <p class="v-aside">
        <a href={startHref}>Back to sign in</a>
      </p>
    </SignInLayout>
  );
}
