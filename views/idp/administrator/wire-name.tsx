import { Breakable } from '../../components/breakable.tsx';
import { Wire } from '../../components/facts.tsx';
import type { Named } from './props.ts';

/** A URI of the standard, with its usual short name. */
export function WireName({ uri, name }: Named) {
  if (name === null) return <Wire value={uri} />;
  return (
    <>
      {name}
      <code class="v-wire v-wire-block v-soft">
        <Breakable text={uri} />
      </code>
    </>
  );
}
