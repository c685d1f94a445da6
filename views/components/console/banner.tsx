import type { ComponentChildren } from 'preact';
import type { IconName } from '../../icons.ts';
import { Icon } from '../icon.tsx';

export interface BannerProps {
  /** `success`: what was just done, after the redirect. `warning`: what a reader has to know before going on. */
  tone: 'success' | 'warning' | 'info';
  children: ComponentChildren;
  /** What to do next or how to undo it. */
  link?: { readonly label: string; readonly href: string } | undefined;
  /** A button that undoes it at once. */
  undo?: { readonly label: string; readonly action: string; readonly csrf: string } | undefined;
}

const icons: Record<BannerProps['tone'], IconName> = {
  success: 'circle-check',
  warning: 'alert-triangle',
  info: 'info-circle',
};

/** One sentence above a page. Screen readers read it when the page has loaded; a warning interrupts them. */
export function Banner({ tone, children, link, undo }: BannerProps) {
  return (
    <div class={`v-banner v-banner-${tone}`} role={tone === 'warning' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <p>
        {children}
        {link && (
          <>
            {' '}
            <a href={link.href}>{link.label}</a>
          </>
        )}
      </p>
      {undo && (
        <form method="post" action={undo.action}>
          <input type="hidden" name="csrf" value={undo.csrf} />
          <button type="submit" class="v-link-button">
            {undo.label}
          </button>
        </form>
      )}
    </div>
  );
}
