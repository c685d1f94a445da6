import { instantText } from '../words.ts';
import { Time } from './when.tsx';
import { namedText } from './named.tsx';

/** As messages of the domain write instants, which programs read too. */
const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A message of the domain. Instants in it are shown as people write them. */
export function Sentence({ text }: { text: string }) {
  return (
    <>
      {text.split(INSTANT).map((part, index) => {
        const at = index % 2 === 1 ? Date.parse(part) : NaN;
        return Number.isNaN(at) ? (
          namedText(part)
        ) : (
          <Time key={index} at={{ iso: part, text: instantText(at) }} />
        );
      })}
    </>
  );
}
