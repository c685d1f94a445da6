import { Callout } from '../components/callout.tsx';
import { Named } from '../components/named.tsx';
import { counted } from '../words.ts';

/** All that is wrong with a long text of a form, as a list; nothing for a single mistake, which is beside the field. */
export function Mistakes({ texts }: { texts: readonly string[] }) {
  if (texts.length < 2) return null;
  return (
    <Callout tone="danger" title={`There are ${counted(texts.length, 'mistake')}`}>
      <ul>
        {texts.map((text, index) => (
          <li key={index}>
            <Named text={text} />
          </li>
        ))}
      </ul>
    </Callout>
  );
}
