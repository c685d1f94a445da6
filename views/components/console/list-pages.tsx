import { Icon } from '../icon.tsx';
import type { Noun } from './list.ts';

export interface ListPagesProps {
  noun: Noun;
  /** For a list that only goes on: back to its beginning. */
  firstHref?: string | undefined;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
}

/** Links to the other pages of a list, if there are any. */
export function ListPages({ noun, firstHref, previousHref, nextHref }: ListPagesProps) {
  if ([firstHref, previousHref, nextHref].every((href) => href === undefined)) return null;
  return (
    <nav class="v-list-pages" aria-label={`Pages of ${noun.many}`}>
      {firstHref !== undefined && (
        <a class="btn v-button-quiet" href={firstHref}>
          <Icon name="arrow-left" />
          First page
        </a>
      )}
      {previousHref !== undefined && (
        <a class="btn v-button-quiet" rel="prev" href={previousHref}>
          <Icon name="arrow-left" />
          Previous
        </a>
      )}
      {nextHref !== undefined && (
        <a class="btn v-button-quiet v-list-pages-next" rel="next" href={nextHref}>
          Next
          <Icon name="arrow-right" class="v-icon-after" />
        </a>
      )}
    </nav>
  );
}
