// The parts of saml2-js that we use; the package has no types.
declare module 'saml2-js' {
  interface IdentityProviderOptions {
    sso_login_url: string;
    sso_logout_url?: string;
    certificates: string[];
    sign_get_request?: boolean;
    allow_unencrypted_assertion?: boolean;
  }
  interface PostAssertion {
    response_header: { destination?: string; in_response_to?: string; id?: string };
    type: string;
    user: { name_id: string; session_index?: string; attributes?: Record<string, string[]> };
  }
  export class IdentityProvider {
    readonly certificates: string[];
    constructor(options: IdentityProviderOptions);
  }
  export class ServiceProvider {
    constructor(options: {
      entity_id: string;
      private_key: string;
      certificate: string;
      assert_endpoint: string;
      audience?: string;
      notbefore_skew?: number;
    });
    create_metadata(): string;
    create_login_request_url(
      identityProvider: IdentityProvider,
      options: {
        relay_state?: string;
        nameid_format?: string;
        force_authn?: boolean;
        auth_context?: { comparison: string; class_refs: string[] };
      },
      done: (error: Error | null, url: string, id: string) => void,
    ): void;
    create_authn_request_xml(identityProvider: IdentityProvider, options: object): string;
    post_assert(
      identityProvider: IdentityProvider,
      options: { request_body: { SAMLResponse: string } },
      done: (error: Error | null, result: PostAssertion) => void,
    ): void;
  }
}
