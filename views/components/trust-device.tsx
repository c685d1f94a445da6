/** The checkbox's state; undefined when the user can't trust the device. */
export type TrustOffer = { checked: boolean } | undefined;

/** "This is a trusted device" (guide, "Configure MFA device enforcement"; field `trustDevice`). */
export function TrustDevice({ trust }: { trust: TrustOffer }) {
  if (!trust) return null;
  return (
    <div class="form-check v-check">
      <input
        id="trustDevice"
        name="trustDevice"
        type="checkbox"
        class="form-check-input"
        value="on"
        checked={trust.checked}
        aria-describedby="trustDevice-hint"
      />
      <label class="form-check-label" for="trustDevice">
        This is a trusted device
      </label>
      <p id="trustDevice-hint" class="v-hint">
        You won’t be asked for this step again when you sign in with this browser from the same network. Don’t
        choose this on a shared computer.
      </p>
    </div>
  );
}
