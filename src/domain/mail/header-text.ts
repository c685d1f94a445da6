const LINE_ENDS_AND_CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/** The characters that turn the direction of all text that follows (UAX #9 §2). */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * 52 characters in base64, 64 with `=?UTF-8?B?` and `?=`. RFC 2047 §2 allows 75, and 76 for a line, on which the
 * header's name stands too.
 */
const MAX_BYTES = 39;

/**
 * The value of a header whose mail programs show the text as it was typed. A name such as `=?utf-8?B?…?=` would be
 * decoded: an organization could make its subject say what its name doesn't. Such a text is encoded as a whole, and
 * comes out of the decoding as it was. nodemailer does that itself only for text with other than ASCII characters.
 */
export function headerText(text: string): string {
  const line = text.replace(LINE_ENDS_AND_CONTROLS, ' ').replace(TURNING, '').trim();
  return line.includes('=?') ? encodedWords(line) : line;
}

/** Encodes text as words of RFC 2047 §4.1. No character is split between two of them (§5). */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > MAX_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join(' ');
}
