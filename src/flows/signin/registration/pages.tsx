import type { VNode } from 'preact';
import type { PageContext } from '../../../../views/page-context.tsx';
import { NameDevicePage } from '../../../../views/signin/name-device.tsx';
import { RegisterPage } from '../../../../views/signin/register.tsx';
import { findDevice } from '../../../domain/credentials/mfa/store.ts';
import type { Registering } from '../../../domain/credentials/mfa/registration.ts';
import type { User } from '../../../domain/directory/user.ts';
import { registrationProps } from '../../visit/mfa-registration.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import type { NextStep } from '../next-step.ts';

/** The registrant of a device during a sign-in, to which the registration belongs. */
export function registeringOf({ visit, signIn }: SignInState, user: User): Registering {
  return { instance: visit.instance, userId: user.id, owner: `signin:${signIn.id}` };
}

interface RegistrationProps {
  path: string;
  csrf: string;
  username: string;
  /** What was wrong with the last attempt, and what was typed. */
  trouble: { error?: string; typed?: string };
}

type RegistrationStep = Extract<NextStep, { step: 'register' | 'name-device' }>;

/**
 * The page of a step that registers a device during a sign-in. The registration under way is read as a fact
 * like any other, and never started here.
 */
export function registrationPage(
  needs: SignInNeeds,
  state: SignInState,
  next: RegistrationStep,
  props: RegistrationProps,
): Promise<(page: PageContext) => VNode> {
  return next.step === 'register'
    ? registerPage(needs, state, next.types, props)
    : nameDevicePage(needs, state, props);
}

async function registerPage(
  needs: SignInNeeds,
  state: SignInState,
  types: Extract<NextStep, { step: 'register' }>['types'],
  { path, csrf, username, trouble: { error } }: RegistrationProps,
): Promise<(page: PageContext) => VNode> {
  const { visit, user } = state;
  if (!user) throw new Error('Registering a device needs a user.');
  const change = { kind: 'form', action: `${path}/restart` } as const;
  const props = await registrationProps(
    needs,
    registeringOf(state, user),
    user,
    `${path}/register`,
    visit.times.policyAt,
  );
  return (page) => <RegisterPage {...{ page, csrf, username, change, types, error, ...props }} />;
}

async function nameDevicePage(
  needs: SignInNeeds,
  { visit, signIn, user, facts }: SignInState,
  { path, csrf, trouble: { error, typed } }: RegistrationProps,
): Promise<(page: PageContext) => VNode> {
  const { registered } = signIn.progress;
  const device =
    user && registered && (await findDevice(needs.db.read, visit.instance.id, user.id, registered.deviceId));
  const inSync = facts.devices.find(({ id }) => id === device?.id)?.inSync ?? true;
  const name = typed ?? device?.name ?? '';
  return (page) => <NameDevicePage {...{ page, csrf, name, inSync, error }} action={`${path}/name-device`} />;
}
