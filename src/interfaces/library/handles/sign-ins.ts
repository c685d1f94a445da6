import { z } from 'zod';
import {
  eventsOfSignIn,
  findShownSignIn,
  listSignIns,
  presentSignIn,
} from '../../../administration/operations/sign-ins.ts';
import { asId, type SignInId } from '../../../foundation/platform/ids.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import type { SignIns } from '../types/sign-ins.ts';
import type { HandleContext } from './context.ts';
import { idOf } from './references.ts';

const MAX_SIGN_INS = 1000;
const filterSchema = z.strictObject({ userName: z.string().optional() }).prefault({});

/** The sign-ins that are under way or ended a short time ago. */
export function createSignIns({ needs, open }: HandleContext): SignIns {
  return {
    list: async (given) => {
      const [filter, opened] = [filterSchema.parse(given), await open()];
      const signIns = await readAllPages((page) => listSignIns(needs, opened, filter, page), MAX_SIGN_INS);
      return signIns.map(presentSignIn);
    },
    get: async (given) => {
      const id = asId<SignInId>(idOf(given)); // only compared with stored ids
      const opened = await open();
      const found = await findShownSignIn(needs, opened, id);
      return found && { ...presentSignIn(found), events: await eventsOfSignIn(needs, opened, id) };
    },
  };
}
