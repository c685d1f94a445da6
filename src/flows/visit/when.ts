import type { When } from '../../../views/components/when.tsx';
import { instantText } from '../../../views/words.ts';
import { toIso, type Instant } from '../../foundation/platform/clock.ts';

/** Formats an instant for people and for machines. */
export const whenOf = (at: Instant): When => ({ iso: toIso(at), text: instantText(at) });
