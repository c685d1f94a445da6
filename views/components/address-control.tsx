import { Icon } from './icon.tsx';

/** The address that a visitor seems to come from, where the settings let them choose it. */
export interface AddressControlProps {
  /** Where the form is posted, and its token. */
  action: string;
  csrf: string;
  /** The sign-in to go back to. */
  signIn?: string | undefined;
  /** The address that counts now. */
  address: string;
  /** The one that the connection comes from. */
  realAddress: string;
}

export interface AddressFieldsProps extends AddressControlProps {
  /** Where the field's help and fault stand. */
  describedBy: string;
  isWrong?: boolean;
}

/** The form, in the corner of a page or on a page of its own. */
export function AddressFields(props: AddressFieldsProps) {
  const { action, csrf, signIn, address, describedBy, isWrong = false } = props;
  return (
    <form method="post" action={action} class="v-address-form">
      <input type="hidden" name="csrf" value={csrf} />
      {signIn !== undefined && <input type="hidden" name="signIn" value={signIn} />}
      <label class="form-label" for="address">
        Simulated address
      </label>
      <div class="v-address-row">
        <input
          id="address"
          name="address"
          type="text"
          class="form-control"
          value={address}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxlength={100}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={describedBy}
        />
        <button type="submit" class="btn v-button-quiet">
          Use
        </button>
      </div>
    </form>
  );
}

/** Says which address counts, plainly where it is a simulated one, and lets the visitor choose another. */
export function AddressControl(props: AddressControlProps) {
  const { address, realAddress } = props;
  const isSimulated = address !== realAddress;
  return (
    <aside class="v-address" aria-label="Address that you come from">
      <details>
        <summary>
          <Icon name="map-pin" />
          <span>
            You come from <strong>{address}</strong>
            {isSimulated && ' (simulated)'}
          </span>
        </summary>
        <AddressFields {...props} address={isSimulated ? address : ''} describedBy="address-help" />
        <p id="address-help">
          For trying out sign-ins from elsewhere. Your real address is {realAddress}: leave the field empty to
          use it.
        </p>
      </details>
    </aside>
  );
}
