import type { GuideNoteProps } from '../../components/console/guide-note.tsx';

const MAIL =
  'The email comes from this server. Every mail that it sends is also in the organization’s mailbox.';

/** The procedures of the guide that several pages of a user belong to. */
export const ADDING: GuideNoteProps = { procedure: 'To add a user', differs: MAIL };
export const EDITING: GuideNoteProps = { procedure: 'To edit user properties' };
export const DISABLING: GuideNoteProps = {
  procedure: 'To disable a user',
  differs: 'The dialog is a page. When sessions end is a setting: as in AWS after up to an hour, or at once.',
};
export const RESETTING: GuideNoteProps = {
  procedure: 'To reset a user password',
  differs: `The dialog is a page. ${MAIL}`,
};
export const JOINING: GuideNoteProps = {
  procedure: 'To add a user as a member of a group',
  differs: 'The guide begins with the group. Here it begins with the user, and several groups can be chosen.',
};

const NO_SELECTION = 'Each device of the list has its own Rename and Delete, so no device is selected first.';

/** The procedures of the guide about a user's devices. */
export const REGISTERING: GuideNoteProps = {
  procedure: 'To register an MFA device',
  differs:
    'Afterwards the list of devices is shown, where Rename gives the new one a name that the user recognizes.',
};
export const RENAMING: GuideNoteProps = { procedure: 'To rename an MFA device', differs: NO_SELECTION };
export const DELETING: GuideNoteProps = { procedure: 'To delete an MFA device', differs: NO_SELECTION };
