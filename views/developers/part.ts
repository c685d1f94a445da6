import type { ComponentChildren } from 'preact';

/** One state of a part, as it stands on a page. */
export interface ShownState {
  /** Such as `Nothing found`. */
  readonly title: string;
  readonly shown: ComponentChildren;
}

/** A part of the console on the page for developers. */
export interface ShownPart {
  /** Ends its address. */
  readonly id: string;
  readonly label: string;
  /** When to use it, in a sentence or two. */
  readonly use: string;
  /** Whether its only state has a first heading of its own. */
  readonly hasHeading?: boolean;
  readonly states: readonly ShownState[];
  /** How often the page reloads itself without scripts, as the part needs it. */
  readonly reloadSeconds?: number;
}

/** The address of a part. All forms and links of its samples lead back to it. */
export const partHref = (id: string) => `/developers/parts/${id}`;

/** Names that have broken pages elsewhere: markup, right-to-left, a turned direction, nothing to see, emoji, no spaces. */
export const AWKWARD_NAMES = [
  `<script>alert("ana")</script>`,
  'ليلى الحسيني',
  'Ana \u202Enimda',
  '\u200B\u200D',
  '👩🏽‍🚀 Ada 🚀',
  'a'.repeat(120),
] as const;
