import { warningsAbout } from '../../../domain/credentials/mfa/totp/secret.ts';
import type { FileFault } from '../read/fault.ts';
import type { OrganizationFile } from '../read/schema.ts';

/** Warnings about the secrets of authenticator apps that a file declares, without the secrets. */
export function secretWarnings(file: OrganizationFile): FileFault[] {
  return file.users.flatMap(({ totp, mfaDevices = [] }, user) => [
    ...(totp === undefined ? [] : warningsAbout(totp)).map((message) =>
      file.faultAt(['users', user, 'totp'], message),
    ),
    ...mfaDevices.flatMap((device, index) =>
      (device.type === 'totp' ? warningsAbout(device.secret) : []).map((message) =>
        file.faultAt(['users', user, 'mfaDevices', index, 'secret'], message),
      ),
    ),
  ]);
}
