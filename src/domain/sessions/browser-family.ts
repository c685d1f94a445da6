import Bowser from 'bowser';

/** The family of a browser by what it calls itself; `unknown` for what isn't a browser that is known. */
export function browserFamily(userAgent: string): string {
  if (userAgent === '') return 'unknown';
  return Bowser.getParser(userAgent).getBrowserName() || 'unknown';
}

/** A browser and its system for people to recognize: `Chrome on Windows`. */
export function describeBrowser(userAgent: string): string {
  if (userAgent === '') return 'An unknown browser';
  const parser = Bowser.getParser(userAgent);
  const [browser, system] = [parser.getBrowserName(), parser.getOSName()];
  if (!browser) return 'An unknown browser';
  return system ? `${browser} on ${system}` : browser;
}
