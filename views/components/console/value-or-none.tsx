import { None } from '../none.tsx';
import { Named } from '../named.tsx';

/** A text that may be absent, such as a description: as a person has typed it, or “none”. */
export const ValueOrNone = ({ text }: { text: string }) => (text === '' ? <None /> : <Named text={text} />);
