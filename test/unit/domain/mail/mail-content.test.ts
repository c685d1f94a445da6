import assert from 'node:assert/strict';
import { codeIn, linkIn } from '../../../../src/domain/mail/mail-content.ts';
import {
  invitationMail,
  passwordResetMail,
  verificationCodeMail,
} from '../../../../src/domain/mail/messages.tsx';

const EVIL = 'https://evil.example/invitation/x';
const [portalUrl, href] = ['http://localhost:8080/demo/start', 'http://localhost:8080/demo/invitation/abc'];
const evil = { email: 'eve@example.com', userName: EVIL, displayName: EVIL };

describe('what a mail is about', () => {
  it('is its link, whatever names spell (attack)', () => {
    for (const name of [EVIL, 'Example: 111111', '111111']) {
      const recipient = { ...evil, displayName: name };
      assert.equal(linkIn(invitationMail(recipient, name, { href, portalUrl })), href);
      assert.equal(linkIn(passwordResetMail(recipient, name, href)), href);
      assert.equal(codeIn(invitationMail(recipient, name, { href, portalUrl })), null);
    }
  });

  it('is its code, whatever the organization’s name spells (attack)', () => {
    for (const name of ['Example Corp', 'Example: 111111', `x: 111111 ${EVIL}`]) {
      const mail = verificationCodeMail('ana@example.com', name, '012345');
      assert.deepEqual([codeIn(mail), linkIn(mail)], ['012345', null]);
    }
  });
});
