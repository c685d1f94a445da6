import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openCaptcha } from '../../../src/flows/signin/password/captcha.ts';
import { browserCookie, browserOf } from '../../../src/flows/visit/visit.ts';
import type { Stage } from './procedure.ts';

/** The characters of the image on a page, as a person reads them. */
export async function readCaptcha({ server, at }: Pick<Stage, 'server' | 'at'>, page: Page): Promise<string> {
  const { instance, sealer, clock } = server;
  const cookies = await page.context().cookies(at('/'));
  const secret = cookies.find(({ name }) => name === browserCookie(instance))?.value ?? '';
  const challenge = await page.locator('input[name=challenge]').inputValue();
  const place = { instanceId: instance.id, browserId: browserOf(secret).id };
  const opened = openCaptcha(sealer, place, challenge, clock.now());
  return opened?.answers[0] ?? assert.fail('the answer does not open');
}
