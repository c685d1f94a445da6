import { SignInForm, describedBy, type SignInTrouble } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ConsoleSignInPageProps {
  page: PageContext;
  action: string;
  csrf: string;
  /** The console, when the browser may have a session there that this request couldn't show. */
  consoleHref?: string | undefined;
  trouble: SignInTrouble;
}

/** Where operators sign in: with the API token, or with a link from the command line. */
export function ConsoleSignInPage({ page, action, csrf, consoleHref, trouble }: ConsoleSignInPageProps) {
  const { error, throttled } = trouble;
  const title = 'Sign in as an operator';
  return (
    <SignInLayout page={page} title={error === undefined ? title : `Error: ${title}`}>
      <h1>{title}</h1>
      <p>Operators see all organizations of this server.</p>
      {consoleHref !== undefined && (
        <p>
          <a href={consoleHref}>I am signed in already</a>
        </p>
      )}
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="token" submitLabel="Sign in">
        <div class="v-field">
          <label class="form-label" for="token">
            API token
          </label>
          <input
            id="token"
            name="token"
            type="password"
            class="form-control form-control-lg"
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            required
            maxlength={1000}
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={describedBy({ error, throttled })}
            autofocus
          />
        </div>
      </SignInForm>
      <p class="v-aside">
        Or run <code>vestibule console-link</code> on the server: it prints a link that signs you in once. The
        first start printed one too.
      </p>
    </SignInLayout>
  );
}
