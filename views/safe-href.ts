/**
 * A URL that is safe for `href` or `action`: relative, http or https. Any other URL becomes `#`.
 *
 * Other schemes are refused when URLs are entered. This is a second check against `javascript:` and `data:`, where they
 * would do harm.
 */
export function safeHref(href: string): string {
  // Browsers remove control characters and spaces before they read the scheme: `java\nscript:` runs as a script.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href.replace(/[\u0000-\u0020]/g, ''))?.[1]?.toLowerCase();
  return scheme === undefined || scheme === 'http' || scheme === 'https' ? href : '#';
}
