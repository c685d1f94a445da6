/** A parameter of a path or query, or a field of a body. */
export interface ApiField {
  readonly name: string;
  /** Such as `text`, `list of text` or `whole number`. */
  readonly type: string;
  readonly required: boolean;
  readonly description?: string | undefined;
  /** The fields of the object that it is or lists. */
  readonly fields: readonly ApiField[];
}

/** Fields as a tree: those of an object are below it, folded. */
export function FieldTree({
  fields,
  marksRequired,
}: {
  fields: readonly ApiField[];
  marksRequired: boolean;
}) {
  return (
    <ul class="v-api-fields">
      {fields.map((field) => (
        <li key={field.name}>
          <code class="v-break">{field.name}</code> <span class="v-soft">{field.type}</span>
          {marksRequired && field.required && <strong class="v-api-required">required</strong>}
          {field.description !== undefined && <p>{field.description}</p>}
          {field.fields.length > 0 && (
            <details>
              <summary>
                {field.fields.length} {field.fields.length === 1 ? 'field' : 'fields'}
                <span class="visually-hidden"> of {field.name}</span>
              </summary>
              <FieldTree {...{ fields: field.fields, marksRequired }} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
