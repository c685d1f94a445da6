import { AppError } from '../../../foundation/platform/errors.ts';
import type { NotRegistered } from './registration.ts';

const NOT_REGISTERED: Record<NotRegistered['reason'], string> = {
  'wrong-code': 'This code is wrong. Enter the one that the app shows now.',
  'not-proven': 'The device didn’t answer as expected. Start again.',
  'none-under-way': 'This registration took too long, or was started again elsewhere. Start again.',
};

/** The ValidationException that tells the user why a device was not registered. */
export function refusalOf(reason: NotRegistered['reason']): AppError {
  return new AppError('ValidationException', NOT_REGISTERED[reason]);
}
