/**
 * Sends a form only once until the page leaves, however slow the network is. Of two submissions a browser drops the
 * first response, and with it the cookie of the session, so that the user would have to sign in again. The form can be
 * sent again when the user stops loading, or comes back to the page by the browser's page cache.
 */
export function submitOnce(): void {
  const sent = new Set<HTMLFormElement>();
  addEventListener('submit', (event) => {
    const form = event.target;
    // A script sends the form itself, later.
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    if (sent.has(form)) event.preventDefault();
    else {
      sent.add(form);
      mark(form, true);
    }
  });
  const allowAgain = () => {
    for (const form of sent) mark(form, false);
    sent.clear();
  };
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) allowAgain();
  });
  if ('navigation' in window) navigation.addEventListener('navigateerror', allowAgain);
  // It stops loading, also in browsers that don't report that.
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') allowAgain();
  });
}

/** Shows that the form was sent. Its buttons aren't `disabled`: they would lose the focus, and their own value. */
function mark(form: HTMLFormElement, isSent: boolean): void {
  for (const button of form.querySelectorAll('button:not([type="button"])')) {
    if (isSent) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }
}
