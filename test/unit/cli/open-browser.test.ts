import assert from 'node:assert/strict';
import { ChildProcess } from 'node:child_process';
import { openBrowser } from '../../../src/cli/open-browser.ts';

const PORTAL = new URL('http://localhost:8080/demo/start');

/** Opens the portal on a system. Returns the command that ran, the child that it got, and the sentences. */
function openOn(platform: NodeJS.Platform) {
  const ran: string[][] = [];
  const said: string[] = [];
  const child = new ChildProcess();
  child.unref = () => undefined;
  const spawn = (program: string, words: string[], options: object) => {
    assert.ok(!('shell' in options), 'no shell reads the address');
    ran.push([program, ...words]);
    return child;
  };
  openBrowser(PORTAL, { platform, spawn, warn: (sentence) => said.push(sentence) });
  return { ran, said, child };
}

describe('opening the browser', () => {
  it('runs the opener of each system, without a shell', () => {
    assert.deepEqual(openOn('linux').ran, [['xdg-open', PORTAL.href]]);
    assert.deepEqual(openOn('darwin').ran, [['open', PORTAL.href]]);
    assert.deepEqual(openOn('win32').ran, [['rundll32', 'url.dll,FileProtocolHandler', PORTAL.href]]);
  });

  it('says in a sentence that it could not be opened, whatever the reason', () => {
    const missing = openOn('linux');
    missing.child.emit('error', Object.assign(new Error('spawn'), { code: 'ENOENT' }));
    const failing = openOn('linux');
    failing.child.emit('exit', 3);
    assert.deepEqual(
      [...missing.said, ...failing.said],
      [
        'No browser was opened (xdg-open is not installed): open http://localhost:8080/demo/start yourself.',
        'No browser was opened (xdg-open ended with code 3): open http://localhost:8080/demo/start yourself.',
      ],
    );
    const opened = openOn('linux');
    opened.child.emit('exit', 0);
    assert.deepEqual(opened.said, []);
  });
});
