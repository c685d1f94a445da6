/** A token that an Authorization header can carry: RFC 6750 §2.1, b64token. */
export const BEARER_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Whether this is the API token of the server. It compares in constant time, and may read the database. */
export type VerifyToken = (token: string) => boolean | Promise<boolean>;
