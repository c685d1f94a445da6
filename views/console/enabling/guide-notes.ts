import type { GuideNoteProps } from '../../components/console/guide-note.tsx';

/** What the pages about a whole server say of the guide's first procedure. */
export const ENABLING: GuideNoteProps = {
  procedure: 'To enable AWS SSO',
  differs:
    'An operator of the server signs in by a link or the API token. The button is called “Enable”. Without an organization, “All organizations” leads to “Create organization”, which enables the identity centre too.',
};
