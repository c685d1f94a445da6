import type { GuideNoteProps } from '../../components/console/guide-note.tsx';

/** The procedures of the guide about groups. */
export const ADDING: GuideNoteProps = {
  procedure: 'To add a group',
  differs: '“Create group” is a page, not a dialog box.',
};
export const JOINING: GuideNoteProps = {
  procedure: 'To add a user as a member of a group',
  differs: '“Group members” is a tab of the group’s page; its button “Add users” leads to the list of users.',
};
