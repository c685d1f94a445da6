import type { ComponentChildren } from 'preact';
import type { IconName } from '../../icons.ts';
import { Icon } from '../icon.tsx';

/** `next`: what is waited for. `unknown`: what nothing can be said about. */
export type Verdict = 'ok' | 'warns' | 'stops' | 'next' | 'unknown';

export interface ShownVerdict {
  readonly verdict: Verdict;
  /** What was looked at, such as `Password`. */
  readonly label: string;
  /** What was found there. */
  readonly text: ComponentChildren;
  /** Where to change it, or to see more. */
  readonly link?: { readonly label: string; readonly href: string } | undefined;
}

const ICONS: Record<Verdict, IconName> = {
  ok: 'circle-check',
  warns: 'alert-triangle',
  stops: 'circle-x',
  next: 'hourglass',
  unknown: 'info-circle',
};

/** The icons in words, for those who don't see them. */
const WORDS: Record<Verdict, string> = {
  ok: 'All right',
  warns: 'Warning',
  stops: 'Stops it',
  next: 'Next',
  unknown: 'Note',
};

/** Facts one by one, each with what it means: an icon, a name, a sentence and a link to where it can be changed. */
export function VerdictList({ label, verdicts }: { label: string; verdicts: readonly ShownVerdict[] }) {
  return (
    <ul class="v-verdicts" aria-label={label}>
      {verdicts.map(({ verdict, label: name, text, link }, index) => (
        <li key={`${index} ${name}`} class={`v-verdict-${verdict}`}>
          <Icon name={ICONS[verdict]} />
          <div>
            <p class="v-verdict-label">
              <span class="visually-hidden">{WORDS[verdict]}: </span>
              {name}
            </p>
            <p>
              {text}
              {link && (
                <>
                  {' '}
                  <a href={link.href}>{link.label}</a>
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
