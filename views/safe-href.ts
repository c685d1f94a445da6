/**
 * An address fit for `href` or `action`: relative, http or https; anything else becomes `#`.
 *
 * Other schemes are refused where addresses enter the system; this stops `javascript:` and `data:` a second time, at the
 * last place where they could do harm.
 */
export function safeHref(href: string): string {
  // Browsers strip control characters and spaces before they look for a scheme: `java\nscript:` is a script.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href.replace(/[\u0000-\u0020]/g, ''))?.[1]?.toLowerCase();
  return scheme === undefined || scheme === 'http' || scheme === 'https' ? href : '#';
}
