import { Tabs } from '../components/console/tabs.tsx';
import { Wordmark } from '../components/mark.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import { PageLayout } from '../layouts/page.tsx';
import type { PageContext } from '../page-context.tsx';
import { partHref, type ShownPart } from './part.ts';

export interface PartPageProps {
  page: PageContext;
  parts: readonly ShownPart[];
  part: ShownPart;
}

/** Shows a part of the console in all its states, to those who work on it (`npm run dev`). */
export function PartPage({ page, parts, part }: PartPageProps) {
  return (
    <PageLayout
      page={page}
      title={`${part.label} (console parts)`}
      look="v-look-portal"
      reloadSeconds={part.reloadSeconds}
      header={
        <header class="v-corner">
          <a href="/" aria-label="Vestibule, portal">
            <Wordmark />
          </a>
          <ThemeToggle />
        </header>
      }
    >
      <div class="v-content v-parts">
        <Tabs
          label="Parts of the console"
          tabs={parts.map(({ id, label }) => ({ label, href: partHref(id) }))}
          currentHref={partHref(part.id)}
        />
        {part.hasHeading !== true && <h1>{part.label}</h1>}
        <p class="v-lead">{part.use}</p>
        {part.states.map(({ title, shown }) => (
          <div key={title} class="v-part-state">
            <p class="v-part-title">{title}</p>
            {shown}
          </div>
        ))}
      </div>
    </PageLayout>
  );
}
