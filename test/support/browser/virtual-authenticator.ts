import type { CDPSession, Page } from 'playwright-core';

/** Settings of an authenticator that Chromium simulates. It takes part in the real ceremony, with its own keys. */
export interface VirtualAuthenticatorOptions {
  transport: 'usb' | 'nfc' | 'ble' | 'internal';
  /** Whether it can store credentials itself. */
  resident?: boolean;
  /** Whether it verifies its user by fingerprint or PIN; U2F keys don't. */
  verifies?: boolean;
  protocol?: 'ctap2' | 'u2f';
  /** False: no user touches it, and the browser waits. */
  present?: boolean;
}

export interface VirtualAuthenticator {
  /** The credentials on the authenticator. */
  credentials(): Promise<{ credentialId: string; isResidentCredential: boolean; signCount: number }[]>;
  /** Sets whether a user touches it when the browser asks. */
  touch(present: boolean): Promise<void>;
  remove(): Promise<void>;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Connects an authenticator to a tab (WebAuthn domain of the Chrome DevTools Protocol). */
export async function addAuthenticator(
  page: Page,
  options: VirtualAuthenticatorOptions,
): Promise<VirtualAuthenticator> {
  const { transport, resident = false, verifies = false, protocol = 'ctap2', present = true } = options;
  let opening = sessions.get(page);
  if (!opening) {
    opening = page.context().newCDPSession(page);
    sessions.set(page, opening);
    await (await opening).send('WebAuthn.enable', {});
  }
  const cdp = await opening;
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol, transport, hasResidentKey: resident, hasUserVerification: verifies },
      ...{ isUserVerified: verifies, automaticPresenceSimulation: present },
    },
  });
  return {
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    touch: async (enabled) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    remove: async () => {
      await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    },
  };
}
