import type { ComponentChildren } from 'preact';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';

/** How a sample service provider looks: like another company's product, in the same design system. */
export interface SampleBrand {
  name: string;
  tagline: string;
  accent: 'violet' | 'ocean' | 'rust' | 'plum';
  /** The sample's landing page. */
  homeHref: string;
}

export interface SampleLayoutProps {
  page: PageContext;
  title: string;
  sample: SampleBrand;
  /** Shown at the end of the sample's bar, such as a sign-out button. */
  barEnd?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of a sample's pages: a coloured bar with its name, and a footer that says that it is a sample. */
export function SampleLayout({ page, title, sample, barEnd, children }: SampleLayoutProps) {
  return (
    <PageLayout
      page={page}
      title={`${title} · ${sample.name}`}
      look={`v-look-sample v-accent-${sample.accent}`}
      footnote="A sample service provider that comes with Vestibule"
      header={
        <header class="v-sample-bar">
          <a class="v-sample-brand" href={sample.homeHref}>
            <span class="v-sample-logo" aria-hidden="true">
              {sample.name.slice(0, 1)}
            </span>
            {sample.name}
          </a>
          <div class="v-bar-end">
            {barEnd}
            <ThemeToggle />
          </div>
        </header>
      }
    >
      {children}
    </PageLayout>
  );
}
