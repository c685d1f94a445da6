import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';

export interface ErrorLink {
  label: string;
  href: string;
}

export interface ErrorPageProps {
  page: PageContext;
  /** The status of the response. */
  status: number;
  title: string;
  /** What is wrong, without the internal cause or any secret. */
  message: string;
  whatToDo?: string | undefined;
  requestId: string;
  /** Links to continue with, the most likely one first. */
  links?: readonly ErrorLink[] | undefined;
}

/** Says what went wrong and what to do, with the request id to quote. */
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
