import type { ComponentChildren } from 'preact';

/** One Attribute of an assertion, as it was sent. */
export interface SentAttribute {
  name: string;
  /** How its name is to be read, in short; absent where nothing is said. */
  format?: string | null | undefined;
  values: readonly string[];
}

interface AttributeTableProps {
  attributes: readonly SentAttribute[];
  /** What is shown for a format that nothing is said of. */
  withoutFormat: string;
  /** Rows below. */
  children?: ComponentChildren;
}

/** The attributes of an assertion; on a narrow screen each row becomes a small block. */
export function AttributeTable({ attributes, withoutFormat, children }: AttributeTableProps) {
  return (
    <table class="v-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
          <th scope="col">NameFormat</th>
        </tr>
      </thead>
      <tbody>
        {attributes.map(({ name, format, values }, index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>
              {values.length === 0 && <span class="v-soft">no value</span>}
              {values.map((value, index) => (
                <code key={index} class="v-wire v-wire-block">
                  {value}
                </code>
              ))}
            </td>
            <td class="v-soft v-break">{format ?? withoutFormat}</td>
          </tr>
        ))}
        {children}
      </tbody>
    </table>
  );
}
