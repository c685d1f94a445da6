import type { ComponentChildren } from 'preact';
import { ClockBanner } from '../components/clock-banner.tsx';
import { Mark } from '../components/mark.tsx';
import { type PageContext, PageProvider } from '../page-context.tsx';

export interface PageLayoutProps {
  page: PageContext;
  /** What this page is, without our name. */
  title: string;
  /** A class for the whole page, chosen by the layout. */
  look: string;
  /** What comes before the main part: a bar, a toggle. */
  header?: ComponentChildren;
  /** A line of the footer instead of the usual one. */
  footnote?: string;
  /** More of our own scripts, by asset name, beside the ones that every page has. */
  scripts?: readonly string[];
  /** What stands between the main part and the footer. */
  corner?: ComponentChildren;
  children: ComponentChildren;
}

/**
 * The skeleton of every page. Scripts and styles are our own files and carry the nonce; `theme.js` runs before the first
 * paint so that a remembered theme doesn't flash.
 */
export function PageLayout(props: PageLayoutProps) {
  const { page, title, look, header, footnote, scripts = [], corner, children } = props;
  const { nonce, assets } = page;
  return (
    <PageProvider page={page}>
      <html lang="en" dir="ltr">
        <head>
          <meta charset="utf-8" />
          <title>{`${title} · Vestibule`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex, nofollow" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" type="image/svg+xml" href={assets('favicon.svg')} />
          <link rel="stylesheet" href={assets('tabler.css')} nonce={nonce} />
          <link rel="stylesheet" href={assets('theme.css')} nonce={nonce} />
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
            <span>
              Request <code>{page.requestId}</code>
            </span>
          </footer>
        </body>
      </html>
    </PageProvider>
  );
}
