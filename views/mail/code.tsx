import { MailLayout } from './layout.tsx';
import { Named } from '../components/named.tsx';

/** The code that a user without an MFA device receives to verify the sign-in. */
export function VerificationCodeMail({ organization, code }: { organization: string; code: string }) {
  return (
    <MailLayout title={`Your verification code for ${organization}`}>
      <p>
        Enter this code on the sign-in page of <Named text={organization} />:
      </p>
      <p style="font-size:28px;letter-spacing:4px;font-weight:bold">{code}</p>
      <p>
        It works once, for ten minutes. If you didn’t try to sign in, tell your administrator: somebody else
        may know your password.
      </p>
    </MailLayout>
  );
}
