import { AppSetup } from '../components/mfa/app-setup.tsx';
import { ResyncPage } from '../signin/resync.tsx';
import { TotpPage } from '../signin/totp.tsx';
import type { MfaView } from './view.ts';

/** Authenticator apps. */
export const totpView: MfaView<'TOTP'> = {
  setup: { title: 'Set up the authenticator app', scripts: [], Form: AppSetup },
  Challenge: ({ challenge: _, ...props }) => <TotpPage {...props} />,
  Resync: ResyncPage,
};
