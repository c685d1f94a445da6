import type { ComponentChildren } from 'preact';
import { Icon } from '../components/icon.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import type { IconName } from '../icons.ts';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';
import { Named, namedText } from '../components/named.tsx';

/** How a sample service provider looks: like another company's product, in the same design system. */
export interface SampleBrand {
  name: string;
  tagline: string;
  accent: 'violet' | 'ocean' | 'rust' | 'plum' | 'moss' | 'slate';
  /** The sample's landing page. */
  homeHref: string;
}

export interface SampleTab {
  label: string;
  href: string;
  icon?: IconName | undefined;
}

/** What the frame shows of the signed-in user. */
export interface SampleAccount {
  name: string;
  /** Such as `Approver`; absent when the product has no roles. */
  role?: string | undefined;
  /** Ends the sample's own session. */
  signOut: { action: string; csrf: string };
  /** The product’s pages; the last two tabs show what was received and what happened. */
  tabs: readonly SampleTab[];
  /** The address of the tab that is open. */
  currentHref: string;
}

export interface SampleLayoutProps {
  page: PageContext;
  title: string;
  sample: SampleBrand;
  /** Absent before the user has signed in. */
  account?: SampleAccount | undefined;
  children: ComponentChildren;
}

/** The frame of a sample's pages: a coloured bar with its name, and a footer that says that it is a sample. */
export function SampleLayout({ page, title, sample, account, children }: SampleLayoutProps) {
  return (
    <PageLayout
      page={page}
      title={`${title} · ${sample.name}`}
      look={`v-look-sample v-accent-${sample.accent}`}
      footnote="A sample service provider that comes with Vestibule"
      header={
        <header>
          <div class="v-sample-bar">
            <a class="v-sample-brand" href={sample.homeHref}>
              <span class="v-sample-logo" aria-hidden="true">
                {sample.name.slice(0, 1)}
              </span>
              <Named text={sample.name} />
            </a>
            {account && (
              <span class="v-sample-user">
                <strong>
                  <Named text={account.name} />
                </strong>
                {account.role !== undefined && <span>{account.role}</span>}
              </span>
            )}
            <div class="v-bar-end">
              {account && <SignOut {...account.signOut} />}
              <ThemeToggle />
            </div>
          </div>
          {account && <Tabs {...account} name={sample.name} />}
        </header>
      }
    >
      {children}
    </PageLayout>
  );
}

function SignOut({ action, csrf }: SampleAccount['signOut']) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="csrf" value={csrf} />
      <button type="submit" class="btn btn-sm v-sample-out">
        Sign out
      </button>
    </form>
  );
}

/** Links, so that the tabs work without scripts. */
function Tabs({ name, tabs, currentHref }: SampleAccount & { name: string }) {
  return (
    <nav class="v-sample-tabs" aria-label={namedText(name)}>
      <div>
        {[tabs.slice(0, -2), tabs.slice(-2)].map((group, index) => (
          <ul key={index}>
            {group.map(({ label, href, icon }) => (
              <li key={href}>
                <a href={href} aria-current={href === currentHref ? 'page' : undefined}>
                  {icon && <Icon name={icon} />}
                  {label}
                </a>
              </li>
            ))}
          </ul>
        ))}
      </div>
    </nav>
  );
}
