/** A second click this soon is the same one to whoever clicked. */
const DOUBLE_CLICK_MS = 1000;

/**
 * Sends a form once for a double click. A browser drops the answer to the first of two, and the session's cookie with it:
 * the person would be asked to sign in again.
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
