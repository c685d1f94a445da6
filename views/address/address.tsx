import { AddressFields, type AddressControlProps } from '../components/address-control.tsx';
import { Callout } from '../components/callout.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface AddressPageProps extends AddressControlProps {
  page: PageContext;
  /** The text that was entered. */
  address: string;
  error: string;
}

/** Shown when the text entered as a simulated address isn't an IP address. */
export function AddressPage({ page, error, ...control }: AddressPageProps) {
  return (
    // Without the form in the corner, since this page has it in the middle.
    <SignInLayout page={{ ...page, address: undefined }} title="Error: Simulated IP address">
      <h1>Simulated IP address</h1>
      <div id="trouble">
        <Callout tone="danger" title="There is a problem">
          <p>
            <a href="#address">{error}</a>
          </p>
        </Callout>
      </div>
      <AddressFields {...control} describedBy="trouble" isWrong />
      <p class="v-hint">
        Enter an address such as 203.0.113.7 or 2001:db8::7. Leave the field empty to use your real address,{' '}
        {control.realAddress}.
      </p>
    </SignInLayout>
  );
}
