/**
 * A message for a failure of a security key. Browsers report a cancelled request, a timeout and an unregistered key
 * alike (WebAuthn Level 2 §14.5.1), so that a page can't find out which keys a user has.
 */
export function keyFailure(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'It was cancelled, it took too long, or this isn’t a key that you registered. Try again with your registered key.';
    case 'SecurityError':
      return 'Security keys don’t work at this address. Open the portal at the address that your administrator gave you.';
    case 'InvalidStateError':
    case 'ConstraintError':
    case 'NotSupportedError':
      return 'This key can’t be used here. Try another one.';
    default:
      return 'The key did not respond. Plug it in again, or reload the page, and try once more.';
  }
}
