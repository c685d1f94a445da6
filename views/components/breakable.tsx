import { Fragment } from 'preact';

/**
 * Where a long name may continue on the next line: before `@` and the dots of an email address or host name, after the
 * slashes of a URL, after the colons of a URN, before the parts of its query, and between the pairs of a fingerprint. A
 * time of day stays whole.
 */
const BREAKS =
  /(?=[@?&])|(?<!:\d\d)(?=\.[^\s.])|(?<=[a-z\d]:)(?=[A-Za-z])|(?<=\/)(?!\/)|(?<=\b[\dA-F]{2}:)(?<!(?:T\d\d:|, )\d\d:)(?=[\dA-F]{2}\b)/u;

/** An email address, user name or URL that breaks as people would do, and within a word only if nothing else fits. */
export function Breakable({ text }: { text: string }) {
  return (
    <>
      {text.split(BREAKS).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
