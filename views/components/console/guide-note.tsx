import type { ComponentChildren } from 'preact';
import { Icon } from '../icon.tsx';

export interface GuideNoteProps {
  /** The procedure's title, exactly as in the guide, such as `To add a user`. */
  procedure: string;
  /** The heading under which the guide has it. */
  heading: string;
  page: number;
  /** How our way differs; absent when the guide's steps work as they are written. */
  differs?: ComponentChildren;
}

/** Says which procedure of the guide is done on a page, and how ours differs. */
export function GuideNote({ procedure, heading, page, differs }: GuideNoteProps) {
  return (
    <details class="v-guide-note">
      <summary>
        <Icon name="book" />
        In the guide: {procedure}
      </summary>
      <p>
        “{heading}”, page {page}.
      </p>
      {differs === undefined ? (
        <p>The steps work here as the guide describes them.</p>
      ) : (
        <>
          <p class="v-guide-note-differs">What differs here</p>
          <div>{differs}</div>
        </>
      )}
    </details>
  );
}
