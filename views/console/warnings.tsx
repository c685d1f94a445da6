import { Callout } from '../components/callout.tsx';
import { Sentence } from '../components/sentence.tsx';

/** What is odd about something that can be done all the same, as a list; nothing when nothing is. */
export function Warnings({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <Callout tone="warning" title={title}>
      <ul>
        {texts.map((text, index) => (
          <li key={index}>
            <Sentence text={text} />
          </li>
        ))}
      </ul>
    </Callout>
  );
}
