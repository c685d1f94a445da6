import Bowser from 'bowser';

/** The name of a browser, from its User-Agent header: `Chrome`, `Firefox`, … or `unknown`. */
export function browserFamily(userAgent: string): string {
  if (userAgent === '') return 'unknown';
  return Bowser.getParser(userAgent).getBrowserName() || 'unknown';
}

/** A browser and its operating system, in words: `Chrome on Windows`. */
export function describeBrowser(userAgent: string): string {
  if (userAgent === '') return 'An unknown browser';
  const parser = Bowser.getParser(userAgent);
  const [browser, system] = [parser.getBrowserName(), parser.getOSName()];
  if (!browser) return 'An unknown browser';
  return system ? `${browser} on ${system}` : browser;
}
