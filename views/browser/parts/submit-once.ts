/** A second submission within this time is a double click. */
const DOUBLE_CLICK_MS = 1000;

/**
 * Sends a form only once for a double click. Of two submissions a browser drops the first response, and with it the
 * cookie of the session, so that the user would have to sign in again.
 */
export function submitOnce(): void {
  const sentAt = new WeakMap<EventTarget, number>();
  addEventListener('submit', (event) => {
    const { target, timeStamp } = event;
    if (target === null) return;
    const last = sentAt.get(target);
    if (last !== undefined && timeStamp - last < DOUBLE_CLICK_MS) event.preventDefault();
    else sentAt.set(target, timeStamp);
  });
}
