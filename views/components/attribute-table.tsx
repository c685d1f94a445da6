import type { ComponentChildren } from 'preact';
import { Named } from './named.tsx';

/** An attribute of an assertion. */
export interface SentAttribute {
  name: string;
  /** A short name of the NameFormat; absent without one. */
  format?: string | null | undefined;
  values: readonly string[];
}

interface AttributeTableProps {
  attributes: readonly SentAttribute[];
  /** The text for an attribute without a NameFormat. */
  withoutFormat: string;
  /** More rows. */
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
            <th scope="row">
              <Named text={name} />
            </th>
            <td>
              {values.length === 0 && <span class="v-soft">no value</span>}
              {values.map((value, index) => (
                <code key={index} class="v-wire v-wire-block">
                  <Named text={value} />
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
