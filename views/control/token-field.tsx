/**
 * The API token for “Try it”. A script keeps it for this tab alone (browser/api.ts), and sends it to this server's API
 * alone. The field has no name, so that no form can send it.
 */
export function TokenField() {
  return (
    <div class="v-api-token js-only" data-token>
      <label class="form-label" for="token">
        API token
      </label>
      <p class="v-hint" id="token-help">
        For “Try it”. It is kept until this tab is closed, and sent to this server only.
      </p>
      <div class="v-api-token-row">
        <input
          id="token"
          type="password"
          class="form-control"
          autocomplete="off"
          spellcheck={false}
          maxlength={200}
          aria-describedby="token-help"
        />
        <button type="button" class="btn v-button-quiet" data-part="forget">
          Forget it
        </button>
      </div>
    </div>
  );
}
