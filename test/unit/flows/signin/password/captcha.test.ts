import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../../src/foundation/platform/crypto.ts';
import {
  randomIds as ids,
  type BrowserId,
  type InstanceId,
} from '../../../../../src/foundation/platform/ids.ts';
import { isAnswer, newCaptcha, openCaptcha } from '../../../../../src/flows/signin/password/captcha.ts';
import { START_AT } from '../../../../support/basics/clock.ts';

const sealer = createSealer(Buffer.alloc(32, 5));
// Any ids.
const mine = { instanceId: 'instance-1' as InstanceId, browserId: 'browser-1' as BrowserId };
const others = [
  { ...mine, browserId: 'browser-2' as BrowserId },
  { ...mine, instanceId: 'instance-2' as InstanceId },
];

describe('the captcha', () => {
  it('is an inline image, whose answer the page does not contain', async () => {
    const { sealed, question } = await newCaptcha({ ids, sealer }, mine, 'image', START_AT);
    const opened = openCaptcha(sealer, mine, sealed, START_AT) ?? assert.fail('it does not open');
    const [answer = ''] = opened.answers;
    assert.match(answer, /^[A-Z3-9]{5}$/);
    assert.ok(question.kind === 'image');
    const svg = Buffer.from(question.src.replace('data:image/svg+xml;base64,', ''), 'base64').toString();
    assert.match(svg, /^<svg /);
    assert.doesNotMatch(svg, /<script|<text|style=/);
    assert.ok(!svg.includes(answer) && !sealed.includes(answer));
  });

  it('accepts the answer in any case and with spaces, and nothing else', async () => {
    const { sealed } = await newCaptcha({ ids, sealer }, mine, 'image', START_AT);
    const opened = openCaptcha(sealer, mine, sealed, START_AT) ?? assert.fail('it does not open');
    const [answer = ''] = opened.answers;
    assert.equal(isAnswer(opened, ` ${answer.toLowerCase().split('').join(' ')} `), true);
    for (const wrong of ['', answer.slice(1), `${answer}A`]) assert.equal(isAnswer(opened, wrong), false);
  });

  it('has a question in words, and accepts a number or its word', async () => {
    const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    for (let tries = 0; tries < 50; tries++) {
      const { sealed, question } = await newCaptcha({ ids, sealer }, mine, 'words', START_AT);
      const opened = openCaptcha(sealer, mine, sealed, START_AT) ?? assert.fail('it does not open');
      assert.ok(question.kind === 'words');
      const [, a = '', b = ''] = /How much is (\w+) plus (\w+)\?/.exec(question.text) ?? [];
      const sum = numbers.indexOf(a) + numbers.indexOf(b) + 2;
      assert.equal(isAnswer(opened, String(sum)), true);
      assert.equal(isAnswer(opened, String(sum + 1)), false);
      if (sum < 10) assert.equal(isAnswer(opened, numbers[sum - 1] ?? ''), true);
      if (sum === 18) assert.equal(isAnswer(opened, 'eighteen'), true);
    }
  });

  it('is valid only for the browser and the directory that got it, for ten minutes, unchanged', async () => {
    const { sealed } = await newCaptcha({ ids, sealer }, mine, 'words', START_AT);
    assert.ok(openCaptcha(sealer, mine, sealed, START_AT + 10 * MINUTE_MS - 1));
    assert.equal(openCaptcha(sealer, mine, sealed, START_AT + 10 * MINUTE_MS), undefined);
    for (const other of others) assert.equal(openCaptcha(sealer, other, sealed, START_AT), undefined);
    assert.equal(openCaptcha(sealer, mine, `${sealed.slice(0, -2)}AA`, START_AT), undefined);
    for (const none of ['', 'v1.', 'x']) assert.equal(openCaptcha(sealer, mine, none, START_AT), undefined);
  });
});
