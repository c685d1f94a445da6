import type { FunctionComponent } from 'preact';
import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import type { MfaChallenge, MfaSetup } from '../../src/domain/credentials/mfa/setup.ts';
import type { SecondFactorProps } from '../signin/second-factor.tsx';

/** What a type of MFA device looks like: `views.ts` lists one for each, `words.ts` what people call it. */
export interface MfaView<T extends MfaType> {
  readonly setup: {
    /** What the page calls itself (guide, "How to register a device"; a key's page is the person's own, not an administrator's). */
    readonly title: string;
    /** The scripts that the page needs. */
    readonly scripts: readonly string[];
    readonly Form: FunctionComponent<SetupFormProps<T>>;
  };
  /** The page of a sign-in that asks for a device. */
  readonly Challenge: FunctionComponent<SecondFactorProps & { challenge: MfaChallenge<T> }>;
  /** The page that puts a device right; null for a type that can't get out of sync. */
  readonly Resync: FunctionComponent<SecondFactorProps> | null;
}

/** The form that sets a new device up and posts what it answers. */
export interface SetupFormProps<T extends MfaType> {
  action: string;
  csrf: string;
  setup: MfaSetup<T>;
  error?: string | undefined;
  /** Whether another type can be chosen instead. */
  others: boolean;
}
