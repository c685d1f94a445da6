import type { Work } from '../../audit/commands.ts';
import { assertEditable } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import { invitationMail, passwordResetMail } from '../../mail/messages.tsx';
import type { NewMail } from '../../mail/mail.ts';
import type { PostMail } from '../../mail/outbox.ts';
import type { Instance } from '../../organizations/organization.ts';
import type { Ids, MailId, UserId } from '../../../foundation/platform/ids.ts';
import { createLink, type LinkPurpose } from './link-store.ts';

interface SendNeeds {
  ids: Ids;
  postMail: PostMail;
  /** Where browsers find us. The request's own Host header is never asked: whoever forges it would be sent the token. */
  publicOrigin: string;
}

/** Where the form of a link stands. */
export const linkPath = (reference: string, purpose: LinkPurpose, token: string): string =>
  `/${reference}/${PATHS[purpose]}/${token}`;

const PATHS: Record<LinkPurpose, string> = { invitation: 'invitation', reset: 'reset-password' };

/**
 * Mails a link with which a user sets a password; earlier ones are void. The mail is written in the transaction of the link.
 * Throws when the user doesn't exist or is disabled (guide, "Disable a user").
 */
export async function sendPasswordLink(
  needs: SendNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  purpose: LinkPurpose,
): Promise<MailId> {
  const { id: instanceId, directoryId, organization } = instance;
  const requestParameters = { identityStoreId: directoryId, userId, purpose };
  return work.perform('SendPasswordLink', { owner: userId, requestParameters }, async (tx) => {
    const user = await requireUser(tx, instance, userId);
    assertEditable(user);
    const token = await createLink(tx, needs.ids, { instanceId, userId }, purpose, work.context.at);
    const mail = linkMail(needs.publicOrigin, instance, user, purpose, token);
    return needs.postMail(tx, organization.id, mail, work.context.at);
  });
}

/** The message of a link. */
export function linkMail(
  publicOrigin: string,
  { alias, directoryId, organization }: Instance,
  recipient: Parameters<typeof passwordResetMail>[0],
  purpose: LinkPurpose,
  token: string,
): NewMail {
  const reference = alias ?? directoryId;
  const href = `${publicOrigin}${linkPath(reference, purpose, token)}`;
  return purpose === 'invitation'
    ? invitationMail(recipient, organization.name, { href, portalUrl: `${publicOrigin}/${reference}/start` })
    : passwordResetMail(recipient, organization.name, href);
}
