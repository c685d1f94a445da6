import { z } from 'zod';
import { findApplicationBy } from '../../../administration/operations/applications.ts';
import {
  diagnoseUser,
  presentDiagnosis,
} from '../../../administration/operations/diagnosis/diagnose-user.ts';
import type { Organization } from '../types/handles.ts';
import type { HandleContext } from './context.ts';
import { userReferenceSchema } from './references.ts';

const askedSchema = z.strictObject({
  user: userReferenceSchema,
  application: z.union([z.string(), z.looseObject({ id: z.string() })], {
    error: 'Expected an application: its object, key or id.',
  }),
});

/** Says why somebody can’t sign in to an application. */
export function createDiagnose({ needs, open }: HandleContext): Organization['diagnose'] {
  return async (given) => {
    const { user, application } = askedSchema.parse(given);
    const opened = await open();
    const found = await findApplicationBy(needs.db.read, opened.instance, textOf(application));
    return presentDiagnosis(await diagnoseUser(needs, opened, textOf(user), found));
  };
}

const textOf = (named: string | { id: string }) => (typeof named === 'string' ? named : named.id);
