import type { ComponentChildren } from 'preact';
import { Wordmark } from '../components/mark.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import { PageLayout } from '../layouts/page.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ApiLayoutProps {
  page: PageContext;
  title: string;
  children: ComponentChildren;
}

/** The frame of the pages about the control API. */
export function ApiLayout({ page, title, children }: ApiLayoutProps) {
  return (
    <PageLayout
      {...{ page, title }}
      look="v-look-api"
      scripts={['api.js']}
      header={
        <header class="v-corner">
          <a href="/" aria-label="Vestibule, portal">
            <Wordmark />
          </a>
          <ThemeToggle />
        </header>
      }
    >
      {children}
    </PageLayout>
  );
}

/** A command or a script. */
export function Shell({ text, label }: { text: string; label: string }) {
  return (
    <pre class="v-xml v-api-code" role="region" aria-label={label} tabindex={0}>
      {text}
    </pre>
  );
}
