import assert from 'node:assert/strict';
import { WizardReview } from '../../../../views/components/console/wizard-review.tsx';
import { Wizard } from '../../../../views/components/console/wizard.tsx';
import { WordField } from '../../../../views/components/console/word-field.tsx';
import { all, html, textOf } from '../../../support/pages/rendering.tsx';

const steps = [
  { id: 'details', label: 'Details' },
  { id: 'groups', label: 'Groups' },
  { id: 'review', label: 'Review' },
];
const common = { id: 'w', steps, action: '/add', csrf: 'csrf-token', cancelHref: '/users' };
const earlier = { username: 'ana "<b>"', groups: ['one', 'two'] };

describe('a wizard', () => {
  it('carries the earlier answers, says which step it is, and where “Next” leads', () => {
    const shown = html(<Wizard {...common} current="groups" earlier={earlier} fields={[]} />);
    assert.match(shown, /<li aria-current="step">Groups/);
    assert.match(textOf(shown), /^Details \(done\) Groups Review Next: review Back Cancel$/);
    assert.match(shown, /name="step" value="groups"/);
    assert.match(shown, /name="username" value="ana &quot;&lt;b>&quot;"/);
    assert.deepEqual(all(shown, /name="groups" value="(\w+)"/g), ['one', 'two']);
  });

  it('goes on when Enter is pressed: its first button is “Next”', () => {
    const shown = html(<Wizard {...common} current="groups" earlier={earlier} fields={[]} />);
    assert.deepEqual(all(shown, /<button type="submit"[^>]*>([\w: ]+)/g), ['Next: review', 'Back']);
  });

  it('has no way back from the first step', () => {
    assert.doesNotMatch(html(<Wizard {...common} current="details" earlier={{}} fields={[]} />), /goto/);
  });
});

describe('the review of a wizard', () => {
  const shown = html(
    <WizardReview
      {...common}
      earlier={earlier}
      submitLabel="Add user"
      reviewed={steps.slice(0, 2).map((step) => ({
        step,
        answers: [
          { label: 'User name', value: 'ana' },
          { label: 'Password', value: 'Correct-horse-1', secret: true },
          { label: 'Title', value: '' },
        ],
      }))}
    >
      <WordField id="w" word="CONFIRM" />
    </WizardReview>,
  );

  it('shows the answers with a way back to each step, and no password', () => {
    assert.match(
      textOf(shown),
      /Details Change details User name ana Password as you typed it, not shown Title none/,
    );
    assert.deepEqual(all(shown, /name="goto" value="(\w+)"/g), ['details', 'groups']);
    assert.doesNotMatch(shown, /Correct-horse/);
  });

  it('finishes when Enter is pressed in the field of the word: its form has no other button', () => {
    const form = all(shown, /<form[\s\S]*?<\/form>/g).find((each) => each.includes('confirmation')) ?? '';
    assert.deepEqual(all(form, /<button type="submit"[^>]*>([\w ]+)/g), ['Add user']);
    assert.match(form, /name="username"/);
  });
});
