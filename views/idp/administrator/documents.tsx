import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Wire } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time } from '../../components/when.tsx';
import { XmlView } from '../../components/xml-view.tsx';
import type { ShownRequest } from './props.ts';

export interface ResponsePanelProps {
  xml: string;
  /** The id of the field with the exact document. */
  id: string;
  fileName: string;
}

/** The response, indented for reading and as the exact document. */
export function ResponsePanel({ xml, id, fileName }: ResponsePanelProps) {
  return (
    <section class="v-panel" aria-labelledby="response">
      <div class="v-panel-head">
        <h2 id="response">The response</h2>
        <div class="v-debug-actions">
          <CopyButton text={xml} label="Copy XML" />
          <button
            type="button"
            class="btn btn-sm v-button-quiet js-only"
            data-download={fileName}
            data-download-from={id}
          >
            <Icon name="file-text" />
            Download
          </button>
        </div>
      </div>
      <p class="v-soft">
        Indented for reading. “Copy XML” and “Download” give the exact bytes that were signed.
      </p>
      <XmlView xml={xml} label="Decoded SAML Response" />
      <details class="v-disclosure v-debug-exact">
        <summary>The exact document, on one line</summary>
        <textarea
          id={id}
          class="form-control"
          rows={8}
          readonly
          spellcheck={false}
          aria-label="The exact document"
        >
          {xml}
        </textarea>
      </details>
    </section>
  );
}

/** The request that the response answers. */
export function RequestPanel({ request }: { request: ShownRequest }) {
  const { id, issuer, issuedAt, signed, wishes, xml } = request;
  return (
    <section class="v-panel" aria-labelledby="request">
      <div class="v-panel-head">
        <h2 id="request">The request that it answers</h2>
        <CopyButton text={xml} label="Copy request" />
      </div>
      <Facts
        facts={[
          { label: 'ID', value: <Wire value={id} /> },
          { label: 'Issuer', value: <Wire value={issuer} /> },
          { label: 'IssueInstant', value: <Time at={issuedAt} /> },
          { label: 'Signed', value: signed ? 'Yes, and the signature is valid' : 'No' },
          ...wishes.map(({ label, value }) => ({ label, value: <Wire value={value} /> })),
        ]}
      />
      <XmlView xml={xml} label="Decoded AuthnRequest" />
    </section>
  );
}
