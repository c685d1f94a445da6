import type { Block } from '../../../../views/samples/blocks.tsx';
import type { SampleBrand } from '../../../../views/layouts/sample-layout.tsx';
import type { IconName } from '../../../../views/icons.ts';
import type { Person } from '../person.ts';

/**
 * The imaginary product of a sample. It only has pages to read: nothing can be entered, so there is nothing to store,
 * to limit, or to keep apart between organizations.
 */
export interface Product {
  /** Its name in paths and in organization files (`serviceProvider: {sample: notes}`). */
  readonly name: string;
  readonly displayName: string;
  readonly tagline: string;
  /** Shown on the landing page: what the product is for. */
  readonly about: string;
  readonly accent: SampleBrand['accent'];
  /** Sent as RelayState with its requests, and shown when it comes back. */
  readonly relayState: string;
  /** Who may do more than others; absent when everybody may do the same. */
  readonly role?: ProductRole;
  /** Its pages for this user, in the order of the tabs. The first is the home page. Pure. */
  readonly pages: (user: ProductUser) => readonly ProductPage[];
}

/**
 * Users have the role when the attribute `groups` has one of these names, so the application's `groupValues` must be
 * `names`.
 */
export interface ProductRole {
  readonly name: string;
  readonly groups: readonly string[];
  /** What everybody else is called. */
  readonly otherwise: string;
}

export interface ProductUser extends Person {
  readonly hasRole: boolean;
  /** The date a number of days from today, such as `4 May`; a negative number is in the past. */
  readonly day: (days: number) => string;
  /** The address of a page of the product. */
  readonly hrefOf: (path: string) => string;
}

export interface ProductPage {
  /** A word of its address. */
  readonly path: string;
  /** The text of its tab; absent for a page that only other pages lead to. */
  readonly tab?: string;
  readonly icon?: IconName;
  readonly title: string;
  readonly lead: string;
  readonly blocks: readonly Block[];
}
