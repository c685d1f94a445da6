import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AddressControlProps } from './components/address-control.tsx';
import type { BrandProps } from './components/brand.tsx';

/** Shown on every page when the organization's clock differs from real time. Both texts are ready to show. */
export interface ClockBannerProps {
  /** The organization's current time, such as `Tue 5 May 2026, 14:00 UTC`. */
  readonly now: string;
  /** The difference from real time, such as `9 hours ahead` or `frozen`. */
  readonly offsetText: string;
  /** Where the clock is changed, for administrators outside of the console. */
  readonly changeHref?: string | undefined;
  /** For those who may change the clock. */
  readonly controls?:
    | {
        /** The page about the clock; the forms of its changes are below it. */
        readonly timeHref: string;
        readonly csrf: string;
        readonly version: number;
        readonly isFrozen: boolean;
      }
    | undefined;
}

/** What every page needs of the request and the server; each page has it as its prop `page`. */
export interface PageContext {
  /** The nonce of this response's Content-Security-Policy. */
  readonly nonce: string;
  /** The URL path of an asset by its plain name: `theme.css` → `/assets/theme.0a1b2c.css`. */
  readonly assets: (name: string) => string;
  /** The organization's display name; absent when the organization isn't known. */
  readonly instanceName?: string | undefined;
  /** Present when the organization has chosen a name or a logo for its pages. */
  readonly brand?: BrandProps | undefined;
  /** A style sheet with the organization's colours, if it has chosen one. */
  readonly accentStyle?: string | undefined;
  readonly clockBanner?: ClockBannerProps | undefined;
  /** Present when the settings let visitors simulate an IP address. */
  readonly address?: AddressControlProps | undefined;
}

const Current = createContext<PageContext | null>(null);

/** Gives components access to the page's context, so that an icon, for example, needs no prop for its URL. */
export function PageProvider({ page, children }: { page: PageContext; children: ComponentChildren }) {
  return <Current.Provider value={page}>{children}</Current.Provider>;
}

/** The context of the page being rendered. Throws outside a layout. */
export function usePage(): PageContext {
  const page = useContext(Current);
  if (page === null) throw new Error('A component was rendered outside views/layouts/page.tsx');
  return page;
}
