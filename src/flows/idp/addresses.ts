import type { DirectoryId, ApplicationId } from '../../foundation/platform/ids.ts';

/**
 * The identity provider's addresses for one application. The SingleSignOnService's address is also the
 * EntityID and Issuer.
 */
export interface Addresses {
  entityId: string;
  ssoUrl: string;
  metadataUrl: string;
  certificateUrl: string;
}

/**
 * The addresses contain the directory id, never the alias: an EntityID must not change when an alias is set.
 * `origin` is the public URL's.
 */
export function addressesOf(
  origin: string,
  directoryId: DirectoryId,
  applicationId: ApplicationId,
): Addresses {
  const base = `${origin}/${directoryId}/saml`;
  const ssoUrl = `${origin}${ssoPath(directoryId, applicationId)}`;
  return {
    entityId: ssoUrl,
    ssoUrl,
    metadataUrl: `${base}/metadata/${applicationId}`,
    certificateUrl: `${base}/certificate/${applicationId}`,
  };
}

export function ssoPath(directoryId: DirectoryId, applicationId: ApplicationId): string {
  return `/${directoryId}/saml/assertion/${applicationId}`;
}

/** Where a sign-on with a saved request continues after signing in. */
export function continuePath(directoryId: DirectoryId, token: string): string {
  return `/${directoryId}/saml/continue/${token}`;
}

/** The link of a rehearsal, which the token makes secret. */
export function rehearsalUrl(origin: string, directoryId: DirectoryId, token: string): string {
  return `${origin}/${directoryId}/saml/rehearsal/${token}`;
}
