import type { Settings } from './settings.ts';

/** Whether users who have registered no MFA device sign in with their password only although MFA is on. */
export const isMfaDeviceOptional = ({ mode, withoutDevice }: Settings['mfa']): boolean =>
  mode !== 'disabled' && withoutDevice === 'allow';
