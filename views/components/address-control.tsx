import { Icon } from './icon.tsx';

/** The form to simulate another IP address, if the settings allow it. */
export interface AddressControlProps {
  /** The action of the form; `csrf` is its token. */
  action: string;
  csrf: string;
  /** The sign-in to return to. */
  signIn?: string | undefined;
  /** The address in use. */
  address: string;
  /** The address of the connection. */
  realAddress: string;
}

export interface AddressFieldsProps extends AddressControlProps {
  /** The id of the element with the field's help or error. */
  describedBy: string;
  isWrong?: boolean;
}

/** The form, for the corner of a page or for its own page. */
export function AddressFields(props: AddressFieldsProps) {
  const { action, csrf, signIn, address, describedBy, isWrong = false } = props;
  return (
    <form method="post" action={action} class="v-address-form">
      <input type="hidden" name="csrf" value={csrf} />
      {signIn !== undefined && <input type="hidden" name="signIn" value={signIn} />}
      <label class="form-label" for="address">
        Simulated IP address
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

/** Shows the address in use, and whether it is simulated, and lets the visitor change it. */
export function AddressControl(props: AddressControlProps) {
  const { address, realAddress } = props;
  const isSimulated = address !== realAddress;
  return (
    <aside class="v-address" aria-label="Your IP address">
      <details>
        <summary>
          <Icon name="map-pin" />
          <span>
            Your IP address: <strong>{address}</strong>
            {isSimulated && ' (simulated)'}
          </span>
        </summary>
        <AddressFields {...props} address={isSimulated ? address : ''} describedBy="address-help" />
        <p id="address-help">
          To try a sign-in from another network, enter another IP address. Leave the field empty to use your
          real address, {realAddress}.
        </p>
      </details>
    </aside>
  );
}
