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
        Next time, this browser isn’t asked for this step when you sign in from here. Don’t tick it on a
        computer that others use.
      </p>
    </div>
  );
}
