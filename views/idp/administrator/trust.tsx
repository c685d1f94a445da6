import { Facts, Wire } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time } from '../../components/when.tsx';
import type { ShownCertificate, ShownSignature } from './props.ts';

export interface SignaturesPanelProps {
  signatures: readonly ShownSignature[];
  certificate: ShownCertificate | null;
}

/** Which parts are signed, and the certificate that the service provider must trust. */
export function SignaturesPanel({ signatures, certificate }: SignaturesPanelProps) {
  return (
    <section class="v-panel" aria-labelledby="trust">
      <h2 id="trust">Signatures and certificate</h2>
      <div class="v-columns">
        <ul class="v-checks">
          {signatures.map(({ part, algorithm }) => (
            <li key={part}>
              <Icon
                name={algorithm === null ? 'circle-x' : 'circle-check'}
                class={algorithm === null ? 'v-unsigned' : ''}
              />
              <span>
                <strong>
                  The {part} is {algorithm === null && 'not '}signed
                </strong>
                <span class="v-check-detail">
                  {algorithm ?? 'A signature of the other part may be enough'}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {certificate === null ? (
          <p class="v-soft">The signatures contain no certificate.</p>
        ) : (
          <div>
            <p>
              <span class={`v-light v-light-${certificate.state}`}>{certificate.stateText}</span>
            </p>
            <Facts
              facts={[
                { label: 'Subject', value: <Wire value={certificate.subject} /> },
                { label: 'Key', value: certificate.keyText },
                {
                  label: 'Valid',
                  value: (
                    <>
                      <Time at={certificate.from} /> to <Time at={certificate.until} />
                    </>
                  ),
                },
                { label: 'SHA-256 fingerprint', value: <Wire value={certificate.sha256} /> },
                { label: 'SHA-1 fingerprint', value: <Wire value={certificate.sha1} /> },
              ]}
            />
          </div>
        )}
      </div>
    </section>
  );
}
