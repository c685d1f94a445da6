import { VerdictList } from '../../components/console/verdict-list.tsx';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const link = { label: 'Change it', href: partHref('verdict-list') };

/** Facts with what they mean. */
export const verdictListPart: ShownPart = {
  id: 'verdict-list',
  label: 'Verdicts',
  use: 'Facts one by one, each with what it means: a diagnosis, or the steps of something under way.',
  states: [
    {
      title: 'Every verdict',
      shown: (
        <VerdictList
          label="Why Ana can’t sign in"
          verdicts={[
            { verdict: 'ok', label: 'User', text: 'Ana is enabled.' },
            { verdict: 'warns', label: 'Password', text: 'It is for one sign-in.', link },
            { verdict: 'stops', label: 'Access', text: 'The application isn’t assigned to her.', link },
            { verdict: 'next', label: 'MFA device', text: 'The page asks for a code.' },
            { verdict: 'unknown', label: 'Last sign-on', text: 'She has never opened the application.' },
          ]}
        />
      ),
    },
    {
      title: 'Names of people',
      shown: (
        <VerdictList
          label="Users"
          verdicts={AWKWARD_NAMES.map((name) => ({ verdict: 'ok', label: 'User', text: name }))}
        />
      ),
    },
  ],
};
