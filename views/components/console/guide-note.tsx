import type { ComponentChildren } from 'preact';
import { Icon } from '../icon.tsx';
import { GUIDE, type GuideTitle } from './guide.ts';

export interface GuideNoteProps {
  /** The procedure's title in the guide, such as `To add a user`. */
  procedure: GuideTitle;
  /** How our way differs; absent when the guide's steps work as they are written. */
  differs?: ComponentChildren;
}

/** Says which procedure of the guide is done on a page, and how ours differs. */
export function GuideNote({ procedure, differs }: GuideNoteProps) {
  const { heading, page } = GUIDE[procedure];
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

/** The end of every page of the console: the procedures of the guide that are done on it, or that it has none. */
export function GuideNotes({ notes }: { notes: readonly GuideNoteProps[] }) {
  if (notes.length === 0) {
    return (
      <p class="v-guide-none">
        <Icon name="book" />
        The guide has no procedure for this page.
      </p>
    );
  }
  return (
    <>
      {notes.map((note) => (
        <GuideNote key={note.procedure} {...note} />
      ))}
    </>
  );
}
