/* Posts the SAML response to the service provider once; after going back, only the button posts it. */
import { firstVisit } from './parts/once.ts';

function showReturned(): void {
  document.querySelector('[data-part="waiting"]')?.toggleAttribute('hidden', true);
  document.querySelector('[data-part="returned"]')?.toggleAttribute('hidden', false);
}

const form = document.querySelector<HTMLFormElement>('form[data-deliver]');
if (form !== null) {
  if (firstVisit()) form.requestSubmit();
  else showReturned();
  addEventListener('pageshow', (event) => {
    if (event.persisted) showReturned();
  });
}
