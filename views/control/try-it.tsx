import { Select } from '../components/console/select.tsx';
import type { ApiField } from './fields.tsx';
import type { ShownOperation } from './operation.tsx';
import { TokenField } from './token-field.tsx';

/**
 * A call from this page, which a script makes (browser/api.ts). It isn't a form that a browser could send: the token
 * must not get into an address. Values stay in the tab.
 */
export function TryIt(props: ShownOperation) {
  const { method, path, pathFields, queryFields, body, needsToken, destroys } = props;
  return (
    <section aria-labelledby="try">
      <h2 id="try">Try it</h2>
      <noscript>
        <p class="v-soft">This needs scripts. Without them, use the example.</p>
      </noscript>
      <div
        class="v-panel v-api-try js-only"
        data-try
        data-method={method}
        data-path={path}
        data-destroys={destroys ? '' : undefined}
      >
        {needsToken && <TokenField />}
        {pathFields.map((field) => (
          <Value key={field.name} place="path" field={field} value={field.value} />
        ))}
        {queryFields.map((field) => (
          <Value key={field.name} place="query" field={field} />
        ))}
        {body && <Body {...body} />}
        <p class="v-api-send">
          <button
            type="button"
            class={`btn ${destroys ? 'v-button-danger' : 'btn-primary'}`}
            data-part="send"
          >
            Send {method}
          </button>
        </p>
        <div class="v-api-result" data-part="result" hidden>
          <p role="status" data-part="status" />
          <ul data-part="errors" class="v-api-errors" />
          <pre class="v-xml v-api-code" role="region" aria-label="Answer" tabindex={0} data-part="answer" />
        </div>
      </div>
    </section>
  );
}

function Value({
  place,
  field,
  value,
}: {
  place: 'path' | 'query';
  field: ApiField;
  value?: string | undefined;
}) {
  const id = `${place}-${field.name}`;
  return (
    <div class="v-field">
      <label class="form-label" for={id}>
        {field.name}
        {!field.required && <span class="v-soft"> (optional)</span>}
      </label>
      <input
        id={id}
        type="text"
        class="form-control"
        value={value}
        placeholder={field.type}
        autocomplete="off"
        spellcheck={false}
        maxlength={2000}
        aria-describedby={`${id}-error`}
        data-place={place}
        data-name={field.name}
      />
      <p id={`${id}-error`} class="v-error" data-error={field.name} hidden />
    </div>
  );
}

function Body({ types, text }: { types: readonly string[]; text: string }) {
  return (
    <div class="v-field">
      <label class="form-label" for="body">
        Body
      </label>
      {types.length > 1 && (
        <p class="v-filter">
          <label for="body-type">as</label>
          <Select
            id="body-type"
            name="type"
            options={types.map((type) => ({ value: type, label: type }))}
            value={types[0] ?? ''}
          />
        </p>
      )}
      <textarea
        id="body"
        class="form-control v-api-code"
        rows={Math.min(16, Math.max(3, text.split('\n').length + 1))}
        spellcheck={false}
        data-part="body"
        data-type={types[0]}
      >
        {text}
      </textarea>
    </div>
  );
}
