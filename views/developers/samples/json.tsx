import { JsonView } from '../../components/console/json-view.tsx';
import { AWKWARD_NAMES, type ShownPart } from '../part.ts';

/** Records as programs read them. */
export const jsonPart: ShownPart = {
  id: 'json',
  label: 'JsonView',
  use: 'A record as a program would read it, such as an event.',
  states: [
    {
      title: 'Awkward values',
      shown: <JsonView label="event" value={{ names: AWKWARD_NAMES, nested: { empty: {}, none: null } }} />,
    },
  ],
};
