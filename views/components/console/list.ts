import type { ComponentChildren } from 'preact';

/* What a list is described by; search-list.tsx shows it. */

/** What the list holds: `{ one: 'user', many: 'users' }`. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

export interface ListFilter {
  /** The parameter of the address. */
  readonly name: string;
  readonly label: string;
  /** The first option has the value '' and means all. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
}

export interface ListColumn {
  readonly label: string;
  /** Present when the list can be sorted by this column. */
  readonly sort?: {
    /** The address that sorts by this column, or turns its order round. */
    readonly href: string;
    /** Absent when the list is sorted by another column. */
    readonly order?: 'ascending' | 'descending' | undefined;
  };
}

/** A link, or a button that posts: what can't be undone is a link to a page that asks first. */
export type RowAction =
  { readonly label: string; readonly href: string } | { readonly label: string; readonly post: string };

export interface ListRow {
  /** The value of the row's check box. */
  readonly id: string;
  /** Shown in the first column, as the link to the row's page. */
  readonly name: string;
  /** Undefined for whoever may not open the page. */
  readonly href: string | undefined;
  /** The other columns, in their order. */
  readonly cells: readonly ComponentChildren[];
  readonly actions?: readonly RowAction[] | undefined;
}

/** Acts for all rows whose check boxes (`selected`) are checked; the chosen act is posted as `act`. */
export interface BulkActs {
  readonly post: string;
  readonly acts: readonly { readonly value: string; readonly label: string; readonly destroys?: boolean }[];
}
