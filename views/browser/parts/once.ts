/**
 * Whether this is the first visit to the page, so that the page may act by itself. After going back to it (by the
 * history or the browser's page cache) it must not send the user away again.
 */
export function firstVisit(): boolean {
  const state: unknown = history.state;
  const been = typeof state === 'object' && state !== null && 'acted' in state;
  const [navigation] = performance.getEntriesByType('navigation');
  const back = navigation instanceof PerformanceNavigationTiming && navigation.type === 'back_forward';
  history.replaceState({ acted: true }, '');
  return !been && !back;
}
