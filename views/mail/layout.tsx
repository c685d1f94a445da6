import type { ComponentChildren } from 'preact';
import { namedText } from '../components/named.tsx';

/** The frame of an email, for mail programs: no images, no external files, and inline styles. */
export function MailLayout({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{namedText(title)}</title>
      </head>
      <body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:34em;margin:2em auto;padding:0 1em;overflow-wrap:anywhere">
        {children}
      </body>
    </html>
  );
}
