/** Ways forward that people often need, as queries of the page that says what they do. */
export const CLOCK_STEPS = [
  { label: '+1 hour', query: 'change=advance&by=1&by.unit=hours' },
  { label: '+9 hours', query: 'change=advance&by=9&by.unit=hours' },
  { label: '+1 day', query: 'change=advance&by=1&by.unit=days' },
  { label: '+90 days', query: 'change=advance&by=90&by.unit=days' },
] as const;
