import { excerpt } from '../../foundation/platform/excerpt.ts';
import type { EventRecord } from './event.ts';

/** The largest record, in octets of its JSON; CloudTrail's own limit is 256 KiB. Most have less than one. */
export const MAX_RECORD_BYTES = 64 * 1024;

/** CloudTrail's limit on an errorMessage: messages can quote what a stranger sent. */
const MAX_ERROR_MESSAGE = 1024;

const OMITTED = { omitted: 'Too large for an event.' } as const;

/**
 * A record as JSON, whose size is limited whatever an actor sends: a long errorMessage is shortened, and request
 * parameters and response elements that are too large are left out, as CloudTrail leaves them out.
 */
export function writeRecord(record: EventRecord): string {
  const { errorMessage = '' } = record;
  const short =
    errorMessage.length > MAX_ERROR_MESSAGE
      ? { ...record, errorMessage: excerpt(errorMessage, MAX_ERROR_MESSAGE - 1) }
      : record;
  const json = JSON.stringify(short);
  // A UTF-16 unit is at most three octets; counting them takes longer than most records are worth.
  if (json.length * 3 <= MAX_RECORD_BYTES || Buffer.byteLength(json) <= MAX_RECORD_BYTES) return json;
  const { requestParameters, responseElements } = short;
  return JSON.stringify({
    ...short,
    requestParameters: requestParameters && OMITTED,
    responseElements: responseElements && OMITTED,
  });
}
