import type { Option } from '../../components/console/field.ts';

/** What each kind of access allows. */
export const ACCESS_WORDS = { full: 'Full', 'read-only': 'Read-only' } as const;

export const ACCESS_OPTIONS: readonly Option[] = [
  {
    ...{ value: 'read-only', label: ACCESS_WORDS['read-only'] },
    help: 'Sees this console, but changes nothing.',
  },
  {
    ...{ value: 'full', label: ACCESS_WORDS.full },
    help: 'Changes everything here, and can grant access to others.',
  },
];

/** An access as text; what isn't one stands for itself. */
export const accessText = (access: string): string =>
  ACCESS_OPTIONS.find(({ value }) => value === access)?.label ?? (access === 'none' ? 'None' : access);
