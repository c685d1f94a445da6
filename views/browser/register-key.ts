/* Registers a security key or built-in authenticator, and sends its response with the form. */
import {
  browserSupportsWebAuthn,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/browser';

type Failure = 'cancelled' | 'timed-out' | 'registered' | 'failed' | 'insecure' | 'unsupported';

const failures = document.querySelectorAll<HTMLElement>('[data-failure]');

function show(failure: Failure | undefined): void {
  for (const element of failures) element.hidden = element.dataset['failure'] !== failure;
}

/**
 * Why the registration failed. Browsers report a cancelled and a timed-out request alike; only the time tells them
 * apart.
 */
function reasonOf(error: unknown, waitedMs: number, timeoutMs: number): Failure {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
    return 'registered';
  }
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'InvalidStateError') return 'registered';
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') {
    return waitedMs >= timeoutMs ? 'timed-out' : 'cancelled';
  }
  return 'failed';
}

async function register(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const button = form.querySelector('button');
  // Our own server wrote this attribute.
  const optionsJSON = JSON.parse(form.dataset['registerKey'] ?? '') as PublicKeyCredentialCreationOptionsJSON;
  show(undefined);
  const startedAt = performance.now();
  try {
    if (button !== null) button.disabled = true;
    field.value = JSON.stringify(await startRegistration({ optionsJSON }));
    form.submit();
  } catch (error) {
    show(reasonOf(error, performance.now() - startedAt, optionsJSON.timeout ?? Infinity));
    if (button !== null) {
      button.disabled = false;
      button.focus();
    }
  }
}

const form = document.querySelector<HTMLFormElement>('form[data-register-key]');
const field = form?.querySelector<HTMLInputElement>('input[name="attestation"]');
if (form && field) {
  // A browser may restore the earlier value, also from its page cache, but a response is valid only once.
  field.value = '';
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  if (browserSupportsWebAuthn()) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void register(form, field);
    });
  } else {
    form.hidden = true;
    show(isSecureContext ? 'unsupported' : 'insecure');
  }
}
