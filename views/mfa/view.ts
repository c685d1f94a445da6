import type { FunctionComponent } from 'preact';
import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import type { MfaChallenge, MfaSetup } from '../../src/domain/credentials/mfa/setup.ts';
import type { SecondFactorProps } from '../signin/second-factor.tsx';

/** The pages of a type of MFA device: `views.ts` lists one view for each type, `words.ts` their names. */
export interface MfaView<T extends MfaType> {
  readonly setup: {
    /** The page's title (guide, "How to register a device for use with multi-factor authentication"). */
    readonly title: string;
    /** The title for an administrator who registers a user's device (guide, "Register an MFA device"), if another. */
    readonly titleForUser?: string;
    readonly scripts: readonly string[];
    readonly Form: FunctionComponent<SetupFormProps<T>>;
  };
  /** The page of a sign-in that asks for a device. */
  readonly Challenge: FunctionComponent<SecondFactorProps & { challenge: MfaChallenge<T> }>;
  /** The page that synchronizes a device again; null for a type that can't get out of sync. */
  readonly Resync: FunctionComponent<SecondFactorProps> | null;
}

/** The props of the form that sets up a new device and posts its response. */
export interface SetupFormProps<T extends MfaType> {
  action: string;
  csrf: string;
  setup: MfaSetup<T>;
  error?: string | undefined;
  /** Whether the user can choose another type. */
  others: boolean;
}
