import assert from 'node:assert/strict';
import { describeAdded } from '../../../src/cli/added-application.ts';
import { terminalText } from '../../../src/cli/terminal-text.ts';

/** Erases the screen by C0 and by C1, sets the window's title, and turns the direction of text around. */
const HOSTILE = ['\u001b[2J', '\u009b2J', '\u001b]0;x\u0007', '\u202e', '\u2066', '\r'];

describe('a text for a terminal', () => {
  it('has nothing that changes how others are shown (attack)', () => {
    for (const hostile of HOSTILE) {
      const shown = terminalText(`a${hostile}b\n\tc`);
      assert.match(shown, /^a\ufffd[^\p{Cc}\p{Cf}]*b\n\tc$/u, JSON.stringify(hostile));
    }
  });

  it('keeps letters of every script, and what joins them', () => {
    const names = 'Söhne, می‌خواهم, 👩‍💻';
    assert.equal(terminalText(names), names);
  });

  it('is what add-application prints, whatever a server answers (attack)', () => {
    const hostile = HOSTILE.join('');
    const said = describeAdded(
      {
        how: 'added',
        application: {
          ...{ id: hostile, key: hostile, displayName: hostile, entityId: hostile, ssoUrl: hostile },
          ...{ metadataUrl: hostile, certificateUrl: hostile, certificate: { notAfter: hostile } },
          serviceProvider: { entityId: hostile, acsUrls: [hostile], requestSigningCertificates: [] },
        },
      },
      { users: [hostile], groups: [hostile], everyone: false },
    );
    assert.doesNotMatch(said, /[^\P{Cc}\n]|\p{Cf}/u);
  });
});
