import { WizardReview } from '../../components/console/wizard-review.tsx';
import { Wizard } from '../../components/console/wizard.tsx';
import type { WizardStep } from '../../components/console/wizard.ts';
import { WordField } from '../../components/console/word-field.tsx';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const here = partHref('wizard');
const steps: WizardStep[] = [
  { id: 'details', label: 'User details' },
  { id: 'groups', label: 'Groups' },
  { id: 'review', label: 'Review' },
];
const earlier = { username: 'ana.souza', groups: ['engineering', 'wiki'] };
const common = { ...{ steps, action: here, csrf: 'csrf-token', cancelHref: here } };

/** The wizard in its states. */
export const wizardPart: ShownPart = {
  id: 'wizard',
  label: 'Wizard',
  use: 'A procedure of the guide that has several steps. Each step is posted, and nothing happens before the review is sent.',
  states: [
    {
      title: 'The first step',
      shown: (
        <Wizard
          {...common}
          id="one"
          current="details"
          earlier={{}}
          fields={[{ kind: 'text', name: 'username', label: 'User name', value: '' }]}
        />
      ),
    },
    {
      title: 'The second step, refused',
      shown: (
        <Wizard
          {...common}
          id="two"
          current="groups"
          earlier={earlier}
          fields={[
            {
              ...{ kind: 'checks', name: 'groups', label: 'Groups', values: ['wiki'] },
              error: 'Engineering was deleted meanwhile.',
              options: [
                { value: 'wiki', label: 'Wiki editors' },
                { value: 'finance', label: 'Finance' },
              ],
            },
          ]}
        />
      ),
    },
    {
      title: 'The review, with a word',
      shown: (
        <WizardReview
          {...common}
          id="three"
          earlier={earlier}
          submitLabel="Add user"
          reviewed={[
            {
              step: { id: 'details', label: 'User details' },
              answers: [
                { label: 'User name', value: 'ana.souza' },
                { label: 'Display name', value: AWKWARD_NAMES[0] },
                { label: 'Password', value: 'Correct-horse-1', secret: true },
              ],
            },
            {
              step: { id: 'groups', label: 'Groups' },
              answers: [{ label: 'Groups', value: '' }],
            },
          ]}
        >
          <WordField id="three" word="CONFIRM" />
        </WizardReview>
      ),
    },
    {
      title: 'The review, refused',
      shown: (
        <WizardReview
          {...common}
          id="four"
          earlier={earlier}
          submitLabel="Add user"
          error="Somebody has taken the user name meanwhile."
          reviewed={[
            {
              step: { id: 'details', label: 'User details' },
              answers: [{ label: 'User name', value: 'ana.souza' }],
            },
          ]}
        />
      ),
    },
  ],
};
