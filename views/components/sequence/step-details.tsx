import { grouped } from '../../words.ts';
import { CheckList } from '../check-list.tsx';
import { type Fact, Facts, Wire } from '../facts.tsx';
import { Time } from '../when.tsx';
import { XmlView } from '../xml-view.tsx';
import type { SequenceStep, SignInProof, StepMessage } from './step.ts';

/** Fewer than in the panel of a single message: a page with a diagram has several. */
const MAX_TOKENS = 5000;

/** What a step carried: addresses, parameters, and the message. */
export function StepDetails({ step }: { step: SequenceStep }) {
  switch (step.kind) {
    case 'sign-on-begun':
    case 'application-opened':
      return <Facts facts={[address('Address', step.address)]} />;
    case 'request-sent':
      return (
        <>
          <Facts facts={[address('Goes to', step.ssoUrl), relayState(step.relayState)]} />
          <Message message={step.message} label="Decoded SAMLRequest" />
        </>
      );
    case 'request-taken':
      return (
        <>
          <Facts facts={[address('Address', step.ssoUrl)]} />
          <p>The browser passes on the request of the step before, unchanged.</p>
        </>
      );
    case 'signed-in':
      return <Proof proof={step.proof} />;
    case 'session-found':
      return (
        <>
          <p>Nothing was asked. The session began like this:</p>
          <Proof proof={step.proof} />
        </>
      );
    case 'sign-in-stated':
      return (
        <>
          <p>
            How you signed in isn’t known here: the session at the identity provider has ended, or the
            response was made without a browser. The assertion says:
          </p>
          <Facts facts={[{ label: 'AuthnContextClassRef', value: <Wire value={step.contextClass} /> }]} />
        </>
      );
    case 'response-sent':
      return (
        <>
          <Facts facts={[address('Goes to', step.acsUrl), relayState(step.relayState)]} />
          <Message message={step.message} label="Decoded SAMLResponse" />
        </>
      );
    case 'request-refused':
      return (
        <Facts
          facts={[
            { label: 'Reason', value: <Wire value={step.reason} /> },
            { label: 'Message', value: step.message },
          ]}
        />
      );
    case 'response-held':
      return <p>Whoever holds the response can use it. “Send” posts it to the service provider.</p>;
    case 'response-posted':
      return (
        <>
          <Facts
            facts={[
              address('AssertionConsumerService', step.acsUrl),
              { label: 'Size', value: `${grouped(step.octets)} bytes, as base64` },
            ]}
          />
          <p>The browser passes on the response of the step before, unchanged.</p>
        </>
      );
    case 'response-accepted':
      return <CheckList checks={step.checks} />;
  }
}

const address = (label: string, value: string): Fact => ({ label, value: <Wire value={value} /> });

const relayState = (value: string | null): Fact => ({
  label: 'RelayState',
  value: value === '' ? 'Empty' : <Wire value={value} />,
});

function Message({ message, label }: { message: StepMessage; label: string }) {
  switch (message.is) {
    case 'here':
      return <XmlView xml={message.xml} label={label} max={MAX_TOKENS} />;
    case 'unread':
      return <p>It couldn’t be decoded.</p>;
    case 'on-page':
      return (
        <p>
          <a href={`#${message.id}`}>{label}, on this page</a>
        </p>
      );
  }
}

function Proof({ proof: { userName, factors } }: { proof: SignInProof }) {
  return (
    <Facts
      facts={[
        { label: 'User name', value: <Wire value={userName} /> },
        ...factors.map(({ name, at }) => ({
          label: name,
          value: (
            <>
              Correct at <Time at={at} />
            </>
          ),
        })),
      ]}
    />
  );
}
