import { z } from 'zod';
import { MINUTE_MS, type Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { BrowserId, Ids, InstanceId } from '../../../foundation/platform/ids.ts';

/** The kinds of captchas. */
export type CaptchaKind = 'image' | 'words';

/** A captcha for one form. It stops only simple programs; those that read images are stopped by the throttle. */
export interface Captcha {
  /** The encrypted answer, for the form's hidden field. Only this browser can send it back. */
  sealed: string;
  /** A data: URL of an image, or a question in words. */
  question: { kind: 'image'; src: string } | { kind: 'words'; text: string };
}

/** Where a captcha may be answered. */
export interface CaptchaPlace {
  readonly instanceId: InstanceId;
  readonly browserId: BrowserId;
}

const GOOD_FOR_MS = 10 * MINUTE_MS;
/** Without characters that look alike, in upper or lower case. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRTUVWXY346789';
const LENGTH = 5;
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
/** The sums from two to eighteen. */
const SUMS = [
  ...NUMBERS.slice(1),
  ...['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'],
];

const sealedSchema = z.object({
  nonce: z.string(),
  expiresAt: z.int(),
  /** Each of them is right. */
  answers: z.array(z.string()),
});

/** The decrypted answer. */
export type OpenedCaptcha = z.output<typeof sealedSchema>;

/** Creates a captcha. Nothing is stored. */
export async function newCaptcha(
  { ids, sealer }: { ids: Ids; sealer: Sealer },
  place: CaptchaPlace,
  kind: CaptchaKind,
  at: Instant,
): Promise<Captcha> {
  const { question, answers } = kind === 'image' ? await image(ids) : sum(ids);
  const opened: OpenedCaptcha = { nonce: ids.token(), expiresAt: at + GOOD_FOR_MS, answers };
  return { sealed: sealer.seal(JSON.stringify(opened), contextOf(place)), question };
}

/** Decrypts what a form sent back; undefined when it isn't ours, not of this place, or too old. */
export function openCaptcha(
  sealer: Sealer,
  place: CaptchaPlace,
  sealed: string,
  at: Instant,
): OpenedCaptcha | undefined {
  try {
    const opened = sealedSchema.parse(JSON.parse(sealer.open(sealed, contextOf(place))));
    return at < opened.expiresAt ? opened : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this is the answer, ignoring case and spaces. */
export function isAnswer({ answers }: OpenedCaptcha, given: string): boolean {
  return answers.includes(given.replace(/\s/g, '').toUpperCase());
}

// Bound to the browser, so that captchas can't be passed on to people who are paid to solve them; and to the
// directory, because a captcha that was used there would still be unused in another one.
const contextOf = ({ instanceId, browserId }: CaptchaPlace) => `captcha ${instanceId} ${browserId}`;

async function image(ids: Ids) {
  const text = Array.from({ length: LENGTH }, () => CHARACTERS.charAt(below(ids, CHARACTERS.length))).join(
    '',
  );
  const draw = await loadDrawing();
  // Without a background, which would make svg-captcha colour the characters, some of them yellow and
  // unreadable. The page's background is light.
  const svg = draw(text, { width: 220, height: 72, fontSize: 64, noise: 2 });
  const src = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return { question: { kind: 'image', src } as const, answers: [text] };
}

function sum(ids: Ids) {
  const [a, b] = [below(ids, NUMBERS.length), below(ids, NUMBERS.length)];
  const text = `How much is ${NUMBERS[a] ?? ''} plus ${NUMBERS[b] ?? ''}?`;
  return {
    question: { kind: 'words', text } as const,
    answers: [String(a + b + 2), (SUMS[a + b] ?? '').toUpperCase()],
  };
}

// 32 random bits; the small bias of the remainder doesn't help an attacker.
const below = (ids: Ids, count: number): number => Number.parseInt(ids.hex(8), 16) % count;

type Draw = (
  text: string,
  options: { width: number; height: number; fontSize: number; noise: number },
) => string;

/** Loaded with the first image, since it reads a font. */
async function loadDrawing(): Promise<Draw> {
  // The package's types don't declare that the module itself is the function that draws a given text.
  return (await import('svg-captcha')).default as unknown as Draw;
}
