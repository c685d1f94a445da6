import type { Work } from '../../../domain/audit/commands.ts';
import { deviceNameSchema } from '../../../domain/credentials/mfa/device.ts';
import { renameDevice } from '../../../domain/credentials/mfa/commands.ts';
import type { NotRegistered, Registered } from '../../../domain/credentials/mfa/registration.ts';
import { lockUser } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { userContext } from '../../visit/user-context.ts';
import { advanceSignIn, type CompletedSignIn, type AdvanceOptions } from '../advance-sign-in.ts';
import { reloadState, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import { updateSignIn } from '../../../domain/sessions/sign-in-store.ts';

/** The outcome of a form. `none`: the step is no longer needed, or another request changed the sign-in first. */
export type RegisterOutcome =
  | { outcome: 'done'; completed: CompletedSignIn | undefined }
  | { outcome: 'refused'; reason: NotRegistered['reason'] }
  | { outcome: 'none' };

/** Thrown to roll back a registration when another request has changed the sign-in. */
class ChangedMeanwhile extends Error {}

/**
 * Registers a device during a sign-in, with `register`, and stores that fact. Whether the step is still
 * needed is checked in the same transaction: if an administrator or another tab has registered a device in
 * the meantime, the user must be challenged for it instead of bypassing it by registering another.
 */
export function registerStep(
  needs: SignInNeeds,
  state: SignInState,
  options: AdvanceOptions,
  register: (work: Work, user: User) => Promise<Registered | NotRegistered>,
): Promise<RegisterOutcome> {
  return inStep(needs, state, 'register', async (work, user) => {
    const result = await register(work, user);
    if (!result.ok) return { outcome: 'refused', reason: result.reason };
    const registered = { deviceId: result.device.id, named: false };
    return store(needs, work, state, { ...state.signIn.progress, registered }, options);
  });
}

/**
 * Names the registered device; undefined keeps its default name. Throws ValidationException for an invalid
 * name.
 */
export function nameDeviceStep(
  needs: SignInNeeds,
  state: SignInState,
  options: AdvanceOptions,
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
    return store(needs, work, state, progress, options);
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
      // Locked before the devices are read, so that none is registered until the transaction ends.
      await lockUser(work.tx, visit.instance.id, user.id);
      const { next } = await reloadState(work.tx, state, {});
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
  options: AdvanceOptions,
): Promise<RegisterOutcome> {
  if (!(await updateSignIn(tx, needs.sealer, state.signIn, { progress }))) throw new ChangedMeanwhile();
  const after = await reloadState(tx, state, { progress });
  return { outcome: 'done', completed: await advanceSignIn(needs, tx, after, options) };
}
