import type {
  Coverage,
  ShownReference,
  ShownSignature,
} from '../../../src/protocols/saml/signature/coverage.ts';
import { Facts, Wire, type Fact } from '../facts.tsx';
import { StatusTag } from '../console/status-tag.tsx';
import { lineId } from './signed-xml.tsx';

export interface SignatureListProps {
  /** The id of the SignedXml that shows the message. */
  id: string;
  coverage: Coverage;
}

/** The signatures of a message: what each covers or why it covers nothing, and what its references name. */
export function SignatureList({ id, coverage }: SignatureListProps) {
  const { elements, signatures } = coverage;
  return (
    <ol class="v-signatures">
      {signatures.map((signature) => (
        <li key={signature.number}>
          <h3>
            Signature {signature.number}, in{' '}
            <a href={`#${lineId(id, signature.parent.element)}`}>{signature.parent.tagName}</a>{' '}
            <StatusTag
              text={signature.verdict === 'covers' ? 'Covers it' : 'Covers nothing'}
              tone={signature.verdict === 'covers' ? 'good' : 'danger'}
            />
          </h3>
          <p>{explain(signature)}</p>
          <Facts
            facts={[
              { label: 'Algorithm', value: <Wire value={signature.algorithm} /> },
              ...signature.references.flatMap((reference) => factsOf(id, reference, elements)),
            ]}
          />
        </li>
      ))}
    </ol>
  );
}

function explain({ verdict, detail, parent }: ShownSignature): string {
  switch (verdict) {
    case 'covers':
      return `It covers ${parent.tagName} with everything in it, but for the signature itself and comments.`;
    case 'unsound':
      return `${capitalized(detail ?? 'it is not as SAML prescribes')} (saml-core-2.0 §5.4).`;
    case 'changed':
      return `${parent.tagName} was changed after it was signed: its digest is another than the signed one (xmldsig-core §3.2.1).`;
    case 'foreign':
      return 'It was made with the key of none of the certificates that are registered for the service provider, or its value was changed.';
    case 'redacted':
      return 'It can’t be judged: digest and value are redacted.';
  }
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function factsOf(
  id: string,
  { uri, targets, digestMethod, transforms }: ShownReference,
  elements: Coverage['elements'],
): Fact[] {
  return [
    { label: 'Reference', value: <Wire value={uri} /> },
    {
      label: 'Names',
      value:
        targets.length === 0
          ? 'no element of this message'
          : targets.map((target, index) => (
              <span key={target}>
                {index > 0 && ' and '}
                <a href={`#${lineId(id, target)}`}>{elements[target]?.tagName}</a>
              </span>
            )),
    },
    { label: 'Digest method', value: <Wire value={digestMethod} /> },
    {
      label: 'Transforms',
      value: transforms.map((each, index) => (
        <div key={index}>
          <Wire value={each} />
        </div>
      )),
    },
  ];
}
