import type { GuideNoteProps } from '../../components/console/guide-note.tsx';

/** What a note says of the two procedures that add an application, on a page that belongs to one of them. */
export const addingNote = (isCustom: boolean, differs: string): GuideNoteProps => ({
  procedure: isCustom
    ? 'To add and configure a custom SAML application'
    : 'To add and configure a cloud application',
  differs,
});

/** For pages that belong to both. */
export const addingNotes = (differs: string): GuideNoteProps[] =>
  [false, true].map((isCustom) => addingNote(isCustom, differs));
