import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AddressControlProps } from './components/address-control.tsx';

/** The organization's clock differs from real time: every page says so (both texts are ready to show). */
export interface ClockBannerProps {
  /** The organization's time now, for people: `Tue 5 May 2026, 14:00 UTC`. */
  readonly now: string;
  /** How far that is from real time, for people: `9 hours ahead`, `frozen`. */
  readonly offsetText: string;
}

/** What every page needs from the request and the server; each page takes it as its prop `page`. */
export interface PageContext {
  /** The nonce of this response's Content-Security-Policy. */
  readonly nonce: string;
  /** Address of an asset by its plain name: `theme.css` → `/assets/theme.0a1b2c.css`. */
  readonly assets: (name: string) => string;
  readonly requestId: string;
  /** Name of the organization for people; left out where none is known yet. */
  readonly instanceName?: string | undefined;
  readonly clockBanner?: ClockBannerProps | undefined;
  /** Where visitors can choose the address that they seem to come from. */
  readonly address?: AddressControlProps | undefined;
}

const Current = createContext<PageContext | null>(null);

/** Makes the page's context reachable from components, so that an icon needs no prop for its address. */
export function PageProvider({ page, children }: { page: PageContext; children: ComponentChildren }) {
  return <Current.Provider value={page}>{children}</Current.Provider>;
}

/** The context of the page being rendered. Throws outside a layout: a fault of the program. */
export function usePage(): PageContext {
  const page = useContext(Current);
  if (page === null) throw new Error('A component was rendered outside views/layouts/page.tsx');
  return page;
}
