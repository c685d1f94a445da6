import { Named } from '../../components/named.tsx';
import { Facts, Wire } from '../../components/facts.tsx';
import { XmlView } from '../../components/xml-view.tsx';
import type { PreviewState, ShownPreview } from './mapping-values.ts';

/** What an assertion about a user would say. By its class a script finds it, to replace its content after a change. */
export function MappingPreview({ preview }: { preview: PreviewState }) {
  return (
    <div class="v-preview">
      {'trouble' in preview ? <p role="status">{preview.trouble}</p> : <Shown {...preview} />}
    </div>
  );
}

function Shown({ userName, subject, attributes, assertionXml }: ShownPreview) {
  return (
    <>
      <p role="status">
        {subject ? (
          <>
            At a sign-on of <Named text={userName} />, the service provider receives:
          </>
        ) : (
          <>
            The subject has no value for <Named text={userName} />: the sign-on would be refused.
          </>
        )}
      </p>
      <Facts
        facts={[
          { label: 'Subject (NameID)', value: <Wire value={subject?.value} /> },
          { label: 'Format', value: <Wire value={subject?.format} /> },
        ]}
      />
      {attributes.length > 0 && (
        <dl class="v-sent" aria-label="Attributes">
          {attributes.map(({ name, format, values }, index) => (
            <div key={index}>
              <dt>
                <Named text={name} />
                {format !== null && <span class="v-soft"> {format.replace(/^.*:/, '')}</span>}
              </dt>
              {values.length === 0 && <dd class="v-soft">left out: no value</dd>}
              {values.map((value, place) => (
                <dd key={place}>
                  <Wire value={value} />
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      {assertionXml !== undefined && (
        <details class="v-disclosure">
          <summary>The assertion as XML</summary>
          <p class="v-soft">
            Nobody can sign in with it: it isn’t signed, names no service provider and is never valid.
          </p>
          <XmlView xml={assertionXml} label="Assertion" />
        </details>
      )}
    </>
  );
}
