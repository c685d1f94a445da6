import { AttributeTable } from '../../components/attribute-table.tsx';
import { Facts, Wire } from '../../components/facts.tsx';
import { WireName } from './wire-name.tsx';
import type { AdministratorPageProps, ShownAssertion } from './props.ts';

interface WithAssertion {
  assertion: ShownAssertion;
}

/** The subject of the assertion. */
export function SubjectPanel({ assertion, issuer }: AdministratorPageProps & WithAssertion) {
  const { value, format } = assertion.nameId;
  return (
    <section class="v-panel" aria-labelledby="subject">
      <h2 id="subject">Subject</h2>
      <Facts
        facts={[
          { label: 'NameID', value: <Wire value={value} /> },
          { label: 'Format', value: <WireName {...format} /> },
          { label: 'Issuer', value: <Wire value={issuer} /> },
        ]}
      />
    </section>
  );
}

/** The attributes of the assertion, and those left out because the user has no value. */
export function AttributesPanel({ assertion: { attributes, leftOut } }: WithAssertion) {
  return (
    <section class="v-panel" aria-labelledby="attributes">
      <h2 id="attributes">Attributes</h2>
      {attributes.length === 0 && leftOut.length === 0 ? (
        <p class="v-soft">No attributes are mapped to this application: it receives only the NameID.</p>
      ) : (
        <AttributeTable attributes={attributes} withoutFormat="none">
          {leftOut.map(({ name, mapping }) => (
            <tr key={name} class="v-left-out">
              <th scope="row">{name}</th>
              <td>
                Left out: you have no value for <code class="v-wire">{mapping}</code>
              </td>
              <td class="v-soft">not sent</td>
            </tr>
          ))}
        </AttributeTable>
      )}
    </section>
  );
}
