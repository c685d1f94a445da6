import { Callout } from '../callout.tsx';
import { Named } from '../named.tsx';

/** A field that two people have changed, with both values as text. */
export interface ConflictingValue {
  readonly label: string;
  readonly yours: string;
  readonly theirs: string;
}

export interface Conflict {
  /** Who changed the record, and when, such as `Ana Souza` and `2 minutes ago`. */
  readonly by: string;
  readonly when: string;
  readonly values: readonly ConflictingValue[];
  /** The same form with the values of now. */
  readonly takeTheirsHref: string;
}

/**
 * Shown with status 409 above a form whose record was changed after the form had been opened. The form below keeps what
 * was typed and has the version of now, so that saving again overwrites the other change knowingly.
 */
export function ConflictNotice({ by, when, values, takeTheirsHref }: Conflict) {
  return (
    <>
      <Callout tone="warning" title="Changed meanwhile: nothing was saved">
        <p>
          <Named text={by} /> changed this {when}, after you had opened it. Compare, then save yours over it,
          or <a href={takeTheirsHref}>take theirs</a> and lose what you typed.
        </p>
      </Callout>
      {values.length > 0 && (
        <table class="v-compare">
          <caption class="visually-hidden">Your values and theirs</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">Theirs</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ label, yours, theirs }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td data-label="Yours">
                  <Value text={yours} />
                </td>
                <td data-label="Theirs">
                  <Value text={theirs} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Value({ text }: { text: string }) {
  return text === '' ? <span class="v-soft">empty</span> : <Named text={text} />;
}
