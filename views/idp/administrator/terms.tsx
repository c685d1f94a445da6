import { Facts, Wire } from '../../components/facts.tsx';
import { None } from '../../components/none.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { AdministratorPageProps, ShownAssertion } from './props.ts';
import { WireName } from './wire-name.tsx';

/** The recipient of the response, and the request that it answers. */
export function DeliveryPanel(props: AdministratorPageProps) {
  const { assertion, acsUrl, destination, inResponseTo, relayState, refusal } = props;
  return (
    <section class="v-panel" aria-labelledby="delivery">
      <h2 id="delivery">Delivery</h2>
      <Facts
        facts={[
          ...(refusal === null ? [] : [{ label: 'Status', value: <Refusal {...refusal} /> }]),
          ...(assertion
            ? [{ label: 'Audience', value: <Wire value={assertion.audiences.join(' ')} /> }]
            : []),
          { label: 'Posted to', value: <Wire value={acsUrl} /> },
          ...(assertion
            ? [{ label: 'Recipient', value: <Same value={assertion.recipient} as={acsUrl} /> }]
            : []),
          { label: 'Destination', value: <Same value={destination} as={acsUrl} /> },
          {
            label: 'InResponseTo',
            value:
              inResponseTo === null ? (
                'None: the sign-on starts here, without a request (IdP-initiated)'
              ) : (
                <Wire value={inResponseTo} />
              ),
          },
          {
            label: 'RelayState',
            value: relayState === '' ? 'Sent, but empty' : <Wire value={relayState} />,
          },
        ]}
      />
    </section>
  );
}

function Same({ value, as }: { value: string | null; as: string }) {
  return value === as ? <>The same as “Posted to”</> : <Wire value={value} />;
}

function Refusal({ codes, message }: { codes: readonly string[]; message: string | null }) {
  return (
    <>
      {message}
      {codes.map((code) => (
        <code key={code} class="v-wire v-wire-block">
          {code}
        </code>
      ))}
    </>
  );
}

/** When the assertion is valid. */
export function TimesPanel({ assertion, issuedAt }: AdministratorPageProps & { assertion: ShownAssertion }) {
  const { notBefore, notOnOrAfter, skewText, lastsText } = assertion;
  return (
    <section class="v-panel" aria-labelledby="times">
      <h2 id="times">Validity</h2>
      <Facts
        facts={[
          {
            label: 'NotBefore',
            value: <Moment at={notBefore} note={skewText && `${skewText} before it was issued`} />,
          },
          { label: 'IssueInstant', value: <Moment at={issuedAt} note="when it was issued" /> },
          {
            label: 'NotOnOrAfter',
            value: <Moment at={notOnOrAfter} note={lastsText && `${lastsText} later`} />,
          },
        ]}
      />
    </section>
  );
}

/** How the user signed in, and the session in the assertion. */
export function SessionPanel({ session }: { session: NonNullable<ShownAssertion['session']> }) {
  const { index, begun, end, context } = session;
  return (
    <section class="v-panel" aria-labelledby="session">
      <h2 id="session">Authentication</h2>
      <Facts
        facts={[
          { label: 'AuthnContextClassRef', value: <WireName {...context} /> },
          { label: 'AuthnInstant', value: <Moment at={begun} note={null} /> },
          { label: 'SessionIndex', value: <Wire value={index} /> },
          {
            label: 'SessionNotOnOrAfter',
            value: end ? (
              <Moment at={end} note={null} />
            ) : (
              'Not set: the application decides when its session ends'
            ),
          },
        ]}
      />
    </section>
  );
}

function Moment({ at, note }: { at: When | null; note: string | null }) {
  if (at === null) return <None />;
  return (
    <>
      <Time at={at} />
      {note !== null && <span class="v-soft">, {note}</span>}
    </>
  );
}
