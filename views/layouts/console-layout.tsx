import { SignOutForm } from '../components/sign-out-form.tsx';
import type { ComponentChildren } from 'preact';
import { Icon } from '../components/icon.tsx';
import { Mark } from '../components/mark.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import { Time, type When } from '../components/when.tsx';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';

/** Who works in the console. */
export interface OperatorProps {
  /** The action of the sign-out form; `csrf` is its token. */
  signOutAction: string;
  csrf: string;
  /** When the session ends. */
  until: When;
}

/** A link of the console's navigation. */
export interface ConsolePlace {
  label: string;
  href: string;
  /** Whether it is the page that is shown, or leads to it. */
  isHere: boolean;
}

export interface ConsoleLayoutProps {
  page: PageContext;
  title: string;
  operator: OperatorProps;
  /** The console's first page. */
  homeHref: string;
  places: readonly ConsolePlace[];
  scripts?: readonly string[];
  children: ComponentChildren;
}

/** The frame of the console: a bar with the navigation and the operator, above the page. */
export function ConsoleLayout(props: ConsoleLayoutProps) {
  const { page, title, operator, homeHref, places, scripts = [], children } = props;
  return (
    <PageLayout
      page={page}
      title={title}
      look="v-look-console"
      scripts={scripts}
      header={
        <header class="v-console-bar">
          <a class="v-bar-brand" href={homeHref} aria-label="Vestibule, console home">
            <Mark />
            <span>Console</span>
          </a>
          <nav class="v-console-nav" aria-label="Console">
            <ul>
              {places.map(({ label, href, isHere }) => (
                <li key={href}>
                  <a href={href} aria-current={isHere ? 'page' : undefined}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="v-bar-end">
            <ThemeToggle />
            <OperatorMenu {...operator} />
          </div>
        </header>
      }
    >
      <div class="v-content">{children}</div>
    </PageLayout>
  );
}

/** A `details` element, which opens without scripts. */
function OperatorMenu({ signOutAction, csrf, until }: OperatorProps) {
  return (
    <details class="v-account" data-menu>
      <summary>
        <Icon name="user" />
        <span class="v-account-name">Operator</span>
        <span class="visually-hidden"> menu</span>
        <Icon name="chevron-down" />
      </summary>
      <div class="v-account-panel">
        <p class="v-account-who">
          <strong>Operator</strong>
          <span>of all organizations of this server</span>
          <span>
            until <Time at={until} />
          </span>
        </p>
        <SignOutForm action={signOutAction} csrf={csrf} />
      </div>
    </details>
  );
}
