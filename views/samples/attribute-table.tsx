/** One Attribute of the assertion, as it came. */
export interface ReceivedAttribute {
  name: string;
  nameFormat?: string | null | undefined;
  values: readonly string[];
}

/** The attributes of an assertion; on a narrow screen each row becomes a small block. */
export function AttributeTable({ attributes }: { attributes: readonly ReceivedAttribute[] }) {
  if (attributes.length === 0) {
    return (
      <p class="v-soft">
        The assertion has no attributes. Map some to this application in the organization file, then sign in
        again.
      </p>
    );
  }
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
        {attributes.map(({ name, nameFormat, values }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {values.length === 0 && <span class="v-soft">no value</span>}
              {values.map((value, index) => (
                <code key={index} class="v-wire v-wire-block">
                  {value}
                </code>
              ))}
            </td>
            <td class="v-soft v-break">{nameFormat ?? 'unspecified'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
