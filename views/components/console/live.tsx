import type { ComponentChildren } from 'preact';

export interface LiveProps {
  /** Unique in the page: the part is found by it when the page is fetched again. */
  id: string;
  children: ComponentChildren;
}

/**
 * A part of a page that shows what happens by itself: a script (browser/parts/live.ts) fetches the page again every two
 * seconds while it is visible. It can be paused (WCAG 2.2, 2.2.2). Without scripts a link loads the page again.
 */
export function Live({ id, children }: LiveProps) {
  return (
    <div class="v-live">
      <p class="v-live-note">
        <span class="v-live-dot" aria-hidden="true" />
        <span role="status" data-part="state">
          <a href="">Load again</a> to see what is new.
        </span>
        <button type="button" class="btn btn-sm v-button-quiet" data-part="pause" hidden>
          Pause
        </button>
      </p>
      <div id={id} data-live>
        {children}
      </div>
    </div>
  );
}
