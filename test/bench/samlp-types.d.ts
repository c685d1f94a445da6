// The part of samlp that the bench uses; samlp has no types.
declare module 'samlp' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface SamlpResponse extends ServerResponse {
    set(name: string, value: string): void;
    send(body: string | number): void;
  }
  interface SamlpRequest extends IncomingMessage {
    query: Record<string, string>;
    user: {
      id: string;
      displayName: string;
      name: { familyName: string; givenName: string };
      emails: { value: string }[];
    };
  }
  interface Options {
    issuer: string;
    cert: string;
    key: string;
    audience: string;
    destination: string;
    recipient: string;
    signResponse: boolean;
    signAssertion: boolean;
    getPostURL(
      audience: string,
      authnRequest: unknown,
      request: SamlpRequest,
      callback: (error: Error | null, url: string) => void,
    ): void;
  }
  const samlp: {
    auth(
      options: Options,
    ): (request: SamlpRequest, response: SamlpResponse, next: (error?: Error) => void) => void;
  };
  export default samlp;
}
