import type { Work } from '../../../domain/audit/commands.ts';
import { deviceNameSchema } from '../../../domain/credentials/mfa/device.ts';
import { renameDevice } from '../../../domain/credentials/mfa/commands.ts';
import type { NotRegistered, Registered } from '../../../domain/credentials/mfa/registration.ts';
import { holdUser } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { userContext } from '../../visit/user-context.ts';
import { advance, type Completed, type Completion } from '../complete.ts';
import { withStored, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import { updateSignIn } from '../../../domain/sessions/sign-in-store.ts';

/** What came of a form; `none`: the step isn't asked for any more, or another request was faster. */
export type RegisterOutcome =
  | { outcome: 'done'; completed: Completed | undefined }
  | { outcome: 'refused'; reason: NotRegistered['reason'] }
  | { outcome: 'none' };

/** Rolls a registration back whose sign-in went elsewhere meanwhile. */
class ChangedMeanwhile extends Error {}

/**
 * Registers a device on the way, by `register`, and stores that it was. Whether a registration is still asked for is looked at
 * in the same transaction: an administrator may have registered a device meanwhile, or another tab, and whoever has a device
 * must be challenged for it, not let pass by registering another.
 */
export function registerStep(
  needs: SignInNeeds,
  state: SignInState,
  completion: Completion,
  register: (work: Work, user: User) => Promise<Registered | NotRegistered>,
): Promise<RegisterOutcome> {
  return inStep(needs, state, 'register', async (work, user) => {
    const result = await register(work, user);
    if (!result.ok) return { outcome: 'refused', reason: result.reason };
    const registered = { deviceId: result.device.id, named: false };
    return store(needs, work, state, { ...state.signIn.progress, registered }, completion);
  });
}

/** Gives the registered device its name; undefined keeps the one that it has. Throws for a name that can't be one. */
export function nameDeviceStep(
  needs: SignInNeeds,
  state: SignInState,
  completion: Completion,
  name: string | undefined,
): Promise<RegisterOutcome> {
  return inStep(needs, state, 'name-device', async (work, user) => {
    const { registered } = state.signIn.progress;
    if (!registered) return { outcome: 'none' };
    if (name !== undefined) {
      await renameDevice(work, state.visit.instance, user.id, registered.deviceId, {
        name: checkName(name),
      });
    }
    const progress = { ...state.signIn.progress, registered: { ...registered, named: true } };
    return store(needs, work, state, progress, completion);
  });
}

function checkName(name: string): string {
  const checked = deviceNameSchema.safeParse(name);
  if (checked.success) return checked.data;
  throw new AppError('ValidationException', checked.error.issues[0]?.message ?? 'Give another name.');
}

async function inStep(
  needs: SignInNeeds,
  state: SignInState,
  step: 'register' | 'name-device',
  body: (work: Work, user: User) => Promise<RegisterOutcome>,
): Promise<RegisterOutcome> {
  const { visit, user } = state;
  if (!user) return { outcome: 'none' };
  try {
    return await needs.commands.run(userContext(visit, user), visit.history, async (work) => {
      // Before the devices are looked at: nobody registers one between this look and the end of the transaction.
      await holdUser(work.tx, visit.instance.id, user.id);
      const { next } = await withStored(work.tx, state, {});
      return next.step === step ? body(work, user) : { outcome: 'none' };
    });
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return { outcome: 'none' };
    throw error;
  }
}

async function store(
  needs: SignInNeeds,
  { tx }: Work,
  state: SignInState,
  progress: SignInState['signIn']['progress'],
  completion: Completion,
): Promise<RegisterOutcome> {
  if (!(await updateSignIn(tx, state.signIn, { progress }))) throw new ChangedMeanwhile();
  const after = await withStored(tx, state, { progress });
  return { outcome: 'done', completed: await advance(needs, tx, after, completion) };
}
