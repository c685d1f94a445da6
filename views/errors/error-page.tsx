import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';

export interface ErrorLink {
  label: string;
  href: string;
}

export interface ErrorPageProps {
  page: PageContext;
  /** The status of the answer. */
  status: number;
  title: string;
  /** What is wrong; never a cause or a secret. */
  message: string;
  whatToDo?: string | undefined;
  requestId: string;
  /** Ways on; the first one is the likely one. */
  links?: readonly ErrorLink[] | undefined;
}

/** Something can't be answered: what, what to do, and the number to quote. */
export function ErrorPage({ page, status, title, message, whatToDo, requestId, links = [] }: ErrorPageProps) {
  return (
    <SignInLayout page={page} title={title}>
      <p class="v-status">
        <span class="visually-hidden">Status </span>
        {status}
      </p>
      <h1>{title}</h1>
      <p>{message}</p>
      {whatToDo !== undefined && <p class="v-soft">{whatToDo}</p>}
      {links.length > 0 && (
        <p class="v-actions">
          {links.map(({ label, href }, index) => (
            <a
              key={href}
              class={index === 0 ? 'btn btn-primary' : 'btn v-button-quiet'}
              href={safeHref(href)}
            >
              {label}
            </a>
          ))}
        </p>
      )}
      <p class="v-quote">
        Request id <code>{requestId}</code>
      </p>
    </SignInLayout>
  );
}
