/**
 * Whether this page may act by itself: the first time only. Going back to it, from the history or from the browser's page
 * cache, must not send the person away again.
 */
export function firstVisit(): boolean {
  const state: unknown = history.state;
  const been = typeof state === 'object' && state !== null && 'acted' in state;
  const [navigation] = performance.getEntriesByType('navigation');
  const back = navigation instanceof PerformanceNavigationTiming && navigation.type === 'back_forward';
  history.replaceState({ acted: true }, '');
  return !been && !back;
}
