import type { ComponentChildren } from 'preact';
import { ClockBanner } from '../components/clock-banner.tsx';
import { Mark } from '../components/mark.tsx';
import { namedText } from '../components/named.tsx';
import { type PageContext, PageProvider } from '../page-context.tsx';

export interface PageLayoutProps {
  page: PageContext;
  /** The page's title, without our name. */
  title: string;
  /** A class for the whole page, chosen by the layout. */
  look: string;
  /** Shown before the main part, such as a bar. */
  header?: ComponentChildren;
  /** Replaces the usual text of the footer. */
  footnote?: string;
  /** Asset names of scripts, in addition to those of every page. */
  scripts?: readonly string[];
  /**
   * How often a browser without scripts loads the page again, because work goes on. With scripts, only what changes is
   * replaced, so that nobody loses their place.
   */
  reloadSeconds?: number | undefined;
  /** Shown between the main part and the footer. */
  corner?: ComponentChildren;
  children: ComponentChildren;
}

/**
 * The frame of every page. Scripts and styles are our own files and have the nonce. `theme.js` runs before the first
 * paint, so that the page doesn't flash in the other theme.
 */
export function PageLayout(props: PageLayoutProps) {
  const { page, title, look, header, footnote, scripts = [], corner, children, reloadSeconds } = props;
  const { nonce, assets, accentStyle } = page;
  return (
    <PageProvider page={page}>
      <html lang="en" dir="ltr">
        <head>
          <meta charset="utf-8" />
          <title>{`${namedText(title)} · Vestibule`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex, nofollow" />
          <meta name="color-scheme" content="light dark" />
          {reloadSeconds !== undefined && (
            <noscript>
              <meta http-equiv="refresh" content={String(reloadSeconds)} />
            </noscript>
          )}
          <link rel="icon" sizes="32x32" href={assets('favicon.ico')} />
          <link rel="icon" type="image/svg+xml" href={assets('favicon.svg')} />
          <link rel="apple-touch-icon" href={assets('apple-touch-icon.png')} />
          <link rel="stylesheet" href={assets('tabler.css')} nonce={nonce} />
          <link rel="stylesheet" href={assets('theme.css')} nonce={nonce} />
          {accentStyle !== undefined && <style nonce={nonce}>{accentStyle}</style>}
          <script src={assets('theme.js')} nonce={nonce} />
          <script src={assets('page.js')} nonce={nonce} defer />
          {scripts.map((name) => (
            <script key={name} src={assets(name)} nonce={nonce} defer />
          ))}
        </head>
        <body class={`v-page ${look}`}>
          <a class="v-skip" href="#main">
            Skip to main content
          </a>
          {page.clockBanner && <ClockBanner {...page.clockBanner} />}
          {header}
          <main id="main" tabindex={-1}>
            {children}
          </main>
          {corner}
          <footer class="v-footer">
            <span class="v-footer-name">
              <Mark />
              {footnote ?? 'Vestibule, an identity centre on your machine'}
            </span>
          </footer>
        </body>
      </html>
    </PageProvider>
  );
}
