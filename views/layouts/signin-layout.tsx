import type { ComponentChildren } from 'preact';
import { AddressControl } from '../components/address-control.tsx';
import { Brand } from '../components/brand.tsx';
import { ArchBackdrop, Wordmark } from '../components/mark.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';

export interface SignInLayoutProps {
  page: PageContext;
  title: string;
  scripts?: readonly string[];
  children: ComponentChildren;
}

/** The frame of sign-in pages and of pages with a single message: one card in the middle. */
export function SignInLayout({ page, title, scripts = [], children }: SignInLayoutProps) {
  return (
    <PageLayout
      page={page}
      title={title}
      look="v-look-signin"
      corner={page.address && <AddressControl {...page.address} />}
      scripts={scripts}
      header={
        <header class="v-corner">
          {page.brand ? (
            <span class="v-wordmark">
              <Brand {...page.brand} />
            </span>
          ) : (
            <Wordmark />
          )}
          <ThemeToggle />
        </header>
      }
    >
      <ArchBackdrop />
      <div class="v-card">{children}</div>
    </PageLayout>
  );
}
