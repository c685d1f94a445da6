import type { ComponentChildren } from 'preact';
import { ApiCalls, type ApiCall } from '../components/console/api-calls.tsx';
import { GuideNotes, type GuideNoteProps } from '../components/console/guide-note.tsx';
import { Named, namedText } from '../components/named.tsx';
import { Icon } from '../components/icon.tsx';
import { Mark } from '../components/mark.tsx';
import { SignOutForm } from '../components/sign-out-form.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import { Time, type When } from '../components/when.tsx';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';

/** Who works in the console. */
export interface ConsolePerson {
  name: string;
  /** What the person is or may do, a line each. */
  about: readonly string[];
  /** When an operator's session ends. */
  until?: When | undefined;
  /** Other places of the person, such as the portal. */
  links: readonly { readonly label: string; readonly href: string }[];
  /** The action of the sign-out form; `csrf` is its token. */
  signOutAction: string;
  csrf: string;
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
  /** Whose console it is; absent on pages about the whole server. */
  of?: string | undefined;
  person: ConsolePerson;
  /** The console's first page. */
  homeHref: string;
  places: readonly ConsolePlace[];
  scripts?: readonly string[] | undefined;
  /** How often a browser without scripts loads the page again, because work goes on. */
  reloadSeconds?: number | undefined;
  /** The procedures of the guide that are done on the page; absent when it has none. */
  guide?: readonly GuideNoteProps[] | undefined;
  /** The calls of the control API that do the same as the page. */
  apiCalls: readonly ApiCall[];
  children: ComponentChildren;
}

/** The frame of the console: a bar with the navigation and the person, above the page. */
export function ConsoleLayout(props: ConsoleLayoutProps) {
  const {
    page,
    title,
    of,
    person,
    homeHref,
    places,
    scripts = [],
    reloadSeconds,
    guide = [],
    apiCalls,
    children,
  } = props;
  return (
    <PageLayout
      {...{ page, title, scripts, reloadSeconds }}
      look="v-look-console"
      header={
        <header class="v-console-bar">
          <a
            class="v-bar-brand"
            href={homeHref}
            aria-label={`${of === undefined ? 'Vestibule' : namedText(of)}, console home`}
          >
            <Mark />
            <span class="v-console-of">{of === undefined ? 'Console' : <Named text={of} />}</span>
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
            <PersonMenu {...person} />
          </div>
        </header>
      }
    >
      <div class="v-content">
        {children}
        <GuideNotes notes={guide} />
        <ApiCalls calls={apiCalls} />
      </div>
    </PageLayout>
  );
}

/** A `details` element, which opens without scripts. */
function PersonMenu({ name, about, until, links, signOutAction, csrf }: ConsolePerson) {
  return (
    <details class="v-account" data-menu>
      <summary>
        <Icon name="user" />
        <span class="v-account-name">
          <Named text={name} />
        </span>
        <span class="visually-hidden"> menu</span>
        <Icon name="chevron-down" />
      </summary>
      <div class="v-account-panel">
        <p class="v-account-who">
          <strong>
            <Named text={name} />
          </strong>
          {about.map((line) => (
            <span key={line}>
              <Named text={line} />
            </span>
          ))}
          {until && (
            <span>
              until <Time at={until} />
            </span>
          )}
        </p>
        {links.length > 0 && (
          <ul class="v-account-pages">
            {links.map(({ label, href }) => (
              <li key={href}>
                <a href={href}>
                  <Icon name="arrow-right" />
                  {label}
                </a>
              </li>
            ))}
          </ul>
        )}
        <SignOutForm action={signOutAction} csrf={csrf} />
      </div>
    </details>
  );
}
