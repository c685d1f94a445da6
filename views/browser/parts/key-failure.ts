/**
 * What went wrong with a security key, for people. Browsers don't tell a cancelled request from one that timed out or a key
 * that nobody registered (WebAuthn Level 2 §14.5.1): a page could find out which keys somebody has.
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
      return 'The key could not be asked. Plug it in again, or reload the page, and try once more.';
  }
}
