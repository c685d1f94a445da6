import { CopiedValue } from '../../components/console/copied-value.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import { Live } from '../../components/console/live.tsx';
import { partHref, type ShownPart } from '../part.ts';

const here = partHref('live');

/** What happens while somebody looks at a page. */
export const livePart: ShownPart = {
  id: 'live',
  label: 'Live',
  use: 'What changes while somebody looks at it. Nothing moves while a text is marked or a field is filled in.',
  states: [
    {
      title: 'A list',
      shown: (
        <Live id="list">
          <ListRows
            caption="Events"
            columns={[{ label: 'Event' }, { label: 'User' }]}
            rows={[
              { id: 'second', name: 'CreateGroup', href: `${here}#second`, cells: ['ana@example.com'] },
              { id: 'first', name: 'Authenticate', href: `${here}#first`, cells: ['bruno@example.com'] },
            ]}
            csrf="csrf-token"
          />
          <label>
            Note <input name="note" class="form-control" />
          </label>
          <CopiedValue name="ARN" value="arn:aws:sso:::instance/ssoins-72234e1b9b4a3b8f" />
        </Live>
      ),
    },
  ],
};
