/* Asks a security key to sign in, and sends its response with the surrounding form. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { keyFailure } from './parts/key-failure.ts';

const form = document.querySelector<HTMLFormElement>('form[data-security-key]');
if (form !== null) prepare(form);

function prepare(form: HTMLFormElement): void {
  const part = (name: string) => form.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!browserSupportsWebAuthn()) {
    part('insecure')?.toggleAttribute('hidden', isSecureContext);
    return;
  }
  part('unsupported')?.toggleAttribute('hidden', true);
  part('ready')?.toggleAttribute('hidden', false);
  const [start, failure] = [part('start'), part('failure')];
  const answer = form.elements.namedItem('assertion');
  if (!(start instanceof HTMLButtonElement) || !failure || !(answer instanceof HTMLInputElement)) return;
  start.addEventListener('click', () => {
    start.disabled = true;
    failure.textContent = '';
    ask(form, answer).catch((error: unknown) => {
      failure.textContent = keyFailure(error);
      start.disabled = false;
      start.focus();
    });
  });
  // The button has the focus, so that Enter works; on the other pages of a sign-in a field has it.
  start.focus();
  // A page from the browser's page cache is reloaded, because a response is valid only once.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
}

async function ask(form: HTMLFormElement, answer: HTMLInputElement): Promise<void> {
  // Our own server wrote this attribute.
  const optionsJSON = JSON.parse(
    form.dataset['securityKey'] ?? '{}',
  ) as PublicKeyCredentialRequestOptionsJSON;
  answer.value = JSON.stringify(await startAuthentication({ optionsJSON }));
  form.submit();
}
