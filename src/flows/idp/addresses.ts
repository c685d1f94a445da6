import type { DirectoryId, ApplicationId } from '../../foundation/platform/ids.ts';

/** The addresses of one application's trust. The SingleSignOnService's is its EntityID and Issuer too. */
export interface Addresses {
  entityId: string;
  ssoUrl: string;
  metadataUrl: string;
  certificateUrl: string;
}

/**
 * Addresses always carry the directory id, never the alias: an EntityID must not change when an alias is set.
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

/** The path of an application's SingleSignOnService. */
export function ssoPath(directoryId: DirectoryId, applicationId: ApplicationId): string {
  return `/${directoryId}/saml/assertion/${applicationId}`;
}

/** Where a person goes on with a service provider's request after signing in. */
export function continuePath(directoryId: DirectoryId, pendingRequestId: string): string {
  return `/${directoryId}/saml/continue/${pendingRequestId}`;
}

/** Where a browser takes a rehearsal (the token makes it a secret). */
export function rehearsalUrl(origin: string, directoryId: DirectoryId, token: string): string {
  return `${origin}/${directoryId}/saml/rehearsal/${token}`;
}
