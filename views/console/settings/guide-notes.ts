import type { GuideNoteProps } from '../../components/console/guide-note.tsx';

/** The procedures of the guide that several pages of the settings belong to. */
export const CUSTOMIZING: GuideNoteProps = {
  procedure: 'To customize your URL',
  differs:
    'The way is “Settings”, “User portal”, “Customize”, not below “Dashboard”. The name is a part of the path and not of the host. The URL with the directory id goes on working.',
};
export const DELETING: GuideNoteProps = {
  procedure: 'To delete your AWS SSO configuration',
  differs:
    'The button is called “Delete configuration”. There are no permission sets, and so no check box for them.',
};
