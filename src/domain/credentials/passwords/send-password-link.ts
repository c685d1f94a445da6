import type { Work } from '../../audit/commands.ts';
import { assertEditable } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import { invitationMail, passwordResetMail } from '../../mail/messages.tsx';
import type { NewMail } from '../../mail/mail.ts';
import type { PostMail } from '../../mail/outbox.ts';
import { displayNameOf, type Instance } from '../../organizations/organization.ts';
import type { Ids, MailId, UserId } from '../../../foundation/platform/ids.ts';
import { createLink, type LinkPurpose } from './link-store.ts';

interface SendNeeds {
  ids: Ids;
  postMail: PostMail;
  /**
   * The public URL's origin. Never taken from a request's Host header, which an attacker could forge to have
   * the token sent to another site.
   */
  publicOrigin: string;
  /** The message's id, if it had to be known before. */
  mailId?: MailId | undefined;
}

/** The path of a link's form. */
export const linkPath = (reference: string, purpose: LinkPurpose, token: string): string =>
  `/${reference}/${PATHS[purpose]}/${token}`;

const PATHS: Record<LinkPurpose, string> = { invitation: 'invitation', reset: 'reset-password' };

/**
 * Mails a link with which a user sets a password; earlier links become invalid. The mail is posted in the
 * link's transaction. Throws ResourceNotFoundException when there is no such user, and ConflictException for
 * a disabled one (guide, "Disable a user").
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
  return work.perform('SendPasswordLink', { owner: userId, requestParameters }, async (tx, eventId) => {
    const user = await requireUser(tx, instance, userId);
    assertEditable(user);
    const token = await createLink(tx, needs.ids, { instanceId, userId }, purpose, work.context.at);
    const mail = linkMail(needs.publicOrigin, instance, user, purpose, token);
    return needs.postMail(tx, organization.id, mail, work.context.at, { id: needs.mailId, userId, eventId });
  });
}

export function linkMail(
  publicOrigin: string,
  instance: Instance,
  recipient: Parameters<typeof passwordResetMail>[0],
  purpose: LinkPurpose,
  token: string,
): NewMail {
  const reference = instance.alias ?? instance.directoryId;
  const name = displayNameOf(instance);
  const href = `${publicOrigin}${linkPath(reference, purpose, token)}`;
  return purpose === 'invitation'
    ? invitationMail(recipient, name, { href, portalUrl: `${publicOrigin}/${reference}/start` })
    : passwordResetMail(recipient, name, href);
}
