import type { SamlResponse } from './applications.ts';

/** A page that a {@link Browser} received. */
export interface Page {
  /** The page’s address, after all redirects. */
  readonly url: string;
  readonly status: number;
  readonly body: string;
  /** The SAML response, if the page is about to post one to a service provider. */
  readonly response: SamlResponse | undefined;
}

/**
 * A browser without a window. It knows cookies, redirects and forms, but runs no scripts. It visits any http
 * or https address.
 */
export interface Browser {
  /** Opens an address, which may be a path of Vestibule, and follows redirects. */
  visit(url: string): Promise<Page>;
  /**
   * Posts fields to an address. Given a page, it submits that page’s form with all of these fields, and
   * leaves its other fields as they are.
   */
  submit(to: string | Page, fields: Readonly<Record<string, string>>): Promise<Page>;
  /**
   * Posts a page’s SAML response to the service provider, as the page’s script would, and resolves to the
   * service provider’s page.
   */
  deliver(page: Page): Promise<Page>;
}
