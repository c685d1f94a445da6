import type { ComponentChildren } from 'preact';

/** The frame of an email, for mail programs: no images, no external files, and inline styles. */
export function MailLayout({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
      </head>
      <body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:34em;margin:2em auto;padding:0 1em">
        {children}
      </body>
    </html>
  );
}
