import type { ComponentChildren } from 'preact';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';

/** A sample service provider's own face: another company's product, in the same design system. */
export interface SampleBrand {
  name: string;
  tagline: string;
  accent: 'violet' | 'ocean' | 'rust' | 'plum';
  /** Its landing page. */
  homeHref: string;
}

export interface SampleLayoutProps {
  page: PageContext;
  title: string;
  sample: SampleBrand;
  /** What stands at the end of the sample's bar: who is signed in, a way out. */
  barEnd?: ComponentChildren;
  children: ComponentChildren;
}

/** A coloured bar with the sample's name, its pages below, and a line that says what this is. */
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
