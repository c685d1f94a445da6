import assert from 'node:assert/strict';
import { ANA, libraries, refusal } from '../../../support/servers/library.ts';

describe('the mailbox of the library', () => {
  const { start } = libraries();

  it('waits for a mail, which has its link, and for a newer one', async () => {
    const { organization } = await start();
    const { mailbox, users } = organization;
    const { password: _, ...ana } = ANA;
    const waiting = mailbox.waitFor({ to: ana.email, kind: 'invitation' });
    const user = await users.create({ ...ana, invite: true });
    const invitation = await waiting;
    assert.match(invitation.link ?? '', /^http:\/\/localhost:\d+\/.*\/invitation\/[\w-]{43}$/);
    assert.equal(invitation.userId, user.id);
    const [cause] = (await organization.events()).filter(({ eventID }) => eventID === invitation.eventId);
    assert.equal(cause?.eventName, 'SendPasswordLink');

    const nothing = await refusal(mailbox.waitFor({ to: ana.email, after: invitation, timeoutMs: 60 }));
    assert.equal(nothing.code, 'ResourceNotFoundException');
    assert.match(nothing.message, /^No mail to ana@example\.com within 60 ms\.$/);
    const newer = mailbox.waitFor({ to: ana.email, after: invitation });
    await users.resetPassword(user, { sendLink: true });
    assert.equal((await newer).kind, 'password-reset');

    assert.equal((await mailbox.list({ search: 'RESET ana@', status: 'kept' })).length, 1);
    await mailbox.delete(await newer);
    assert.equal(await mailbox.get((await newer).id), undefined);
    assert.equal((await mailbox.get(invitation.id))?.link, invitation.link);
    assert.equal((await refusal(mailbox.delete((await newer).id))).code, 'ResourceNotFoundException');
  });
});
