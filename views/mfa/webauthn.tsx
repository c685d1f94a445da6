import { KEY_SETUP_SCRIPTS, KeySetup } from '../components/mfa/key-setup.tsx';
import { SecurityKeyPage } from '../signin/security-key.tsx';
import type { MfaView } from './view.ts';

/** Security keys and built-in authenticators. */
export const webAuthnView: MfaView<'WEBAUTHN'> = {
  setup: {
    title: 'Register your security key',
    titleForUser: 'Register your user’s security key',
    scripts: KEY_SETUP_SCRIPTS,
    Form: KeySetup,
  },
  Challenge: ({ challenge: { options }, ...props }) => <SecurityKeyPage {...props} options={options} />,
  Resync: null,
};
