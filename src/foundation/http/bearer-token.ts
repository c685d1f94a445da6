/** A token that an Authorization header can carry: RFC 6750 §2.1, b64token. */
export const BEARER_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
