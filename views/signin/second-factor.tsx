import type { ComponentChildren } from 'preact';
import { OtherWaysList, type OtherWays } from '../components/other-ways.tsx';
import type { SignInTrouble } from '../components/signin-form.tsx';
import type { TrustOffer } from '../components/trust-device.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Who, type ChangeUser } from './password.tsx';
import { Named } from '../components/named.tsx';

/** The props of every step after the password. */
export interface SecondFactorProps extends SignInTrouble {
  page: PageContext;
  action: string;
  csrf: string;
  username: string;
  change: ChangeUser;
  applicationName?: string | undefined;
  trust: TrustOffer;
  others: OtherWays;
}

export interface SecondFactorFrameProps extends Omit<SecondFactorProps, 'action' | 'trust'> {
  title: string;
  scripts?: readonly string[];
  children: ComponentChildren;
}

/** The frame of a step after the password: the user, the step's form, and the other factors to choose from. */
export function SecondFactorFrame(props: SecondFactorFrameProps) {
  const { page, title, csrf, username, change, applicationName, error, others, scripts, children } = props;
  return (
    <SignInLayout
      page={page}
      title={error === undefined ? title : `Error: ${title}`}
      {...(scripts && { scripts })}
    >
      <h1>{title}</h1>
      {applicationName !== undefined && (
        <p class="v-lead">
          to continue to{' '}
          <strong>
            <Named text={applicationName} />
          </strong>
        </p>
      )}
      <Who username={username} change={change} csrf={csrf} />
      {children}
      <OtherWaysList others={others} csrf={csrf} />
    </SignInLayout>
  );
}
