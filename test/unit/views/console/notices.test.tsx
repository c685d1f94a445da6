import assert from 'node:assert/strict';
import fc from 'fast-check';
import { axisTop, stackedBars } from '../../../../views/components/console/chart-scale.ts';
import { Chart } from '../../../../views/components/console/chart.tsx';
import { Progress, type ProgressProps } from '../../../../views/components/console/progress.tsx';
import { PageLayout } from '../../../../views/layouts/page.tsx';
import { all, html, textOf } from '../../../support/pages/rendering.tsx';

describe('a chart', () => {
  it('ends its axis at a round number', () => {
    const tops = [0, 1, 1.2, 3, 5, 6, 11, 21, 99, 100, 101, 50_001, -4, NaN, Infinity].map(axisTop);
    assert.deepEqual(tops, [1, 1, 2, 5, 5, 10, 20, 50, 100, 100, 200, 100_000, 1, 1, 1]);
  });

  it('keeps every bar within the picture, stacked without gaps', () => {
    const size = { width: 600, height: 160 };
    const stack = fc.array(fc.integer({ min: -5, max: 100_000 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(stack, { maxLength: 40 }), (stacks) => {
        for (const { x, y, width, height } of stackedBars(stacks, size)) {
          assert.ok(x >= 0 && x + width <= size.width && y >= -0.02 && y + height <= size.height + 0.02);
        }
      }),
    );
    assert.deepEqual(
      stackedBars([[1, 1]], size).map(({ y, height }) => [y, height]),
      [
        [80, 80],
        [0, 80],
      ],
    );
  });

  it('has its numbers as a table, and hides the picture from screen readers', () => {
    const points = [
      { label: '1 May', values: [1200, 3] },
      { label: '2 May', values: [4] },
    ];
    const shown = html(<Chart id="c" title="Sign-ins" series={['Good', 'Bad']} points={points} />);
    assert.match(textOf(shown), /Good: 1,204 Bad: 3/);
    assert.match(textOf(shown), /Time Good Bad 1 May 1,200 3 2 May 4 0$/);
    assert.match(shown, /<div class="v-chart-picture" aria-hidden="true">/);
    assert.match(html(<Chart id="c" title="T" series={['A']} points={[]} />), /<tbody><\/tbody>/);
  });
});

describe('long work', () => {
  const work: ProgressProps = {
    ...{ id: 'p', title: 'Importing', state: 'running', done: 1200, unit: 'users', note: 'Line 7' },
    ...{ stop: { action: '/stop', csrf: 'csrf-token' }, next: { label: 'See them', href: '/users' } },
  };

  it('shows no length before its total is known', () => {
    const shown = html(<Progress {...work} />);
    assert.doesNotMatch(shown, /<progress[^>]*\svalue/);
    assert.match(textOf(shown), /1,200 users under way Line 7 Stop/);
  });

  it('can be stopped once, and is fetched again while it goes on', () => {
    const shown = (['running', 'stopping', 'done', 'stopped', 'failed'] as const).map((state) =>
      html(<Progress {...work} total={5000} state={state} />),
    );
    assert.deepEqual(
      shown.map((each) => each.includes('action="/stop"')),
      [true, false, false, false, false],
    );
    assert.deepEqual(
      shown.map((each) => / data-progress[ >]/.test(each)),
      [true, true, false, false, false],
    );
    assert.deepEqual(
      shown.map((each) => each.includes('href="/users"')),
      [false, false, true, true, true],
    );
    assert.match(textOf(shown[4] ?? ''), /It failed after 1,200 of 5,000 users/);
  });

  it('reloads its page only without scripts, which would replace the numbers in place', () => {
    const page = { nonce: 'n', assets: (name: string) => name };
    const shown = html(
      <PageLayout page={page} title="T" look="l" reloadSeconds={5}>
        text
      </PageLayout>,
    );
    assert.deepEqual(all(shown, /<meta http-equiv="refresh"/g).length, 1);
    assert.match(shown, /<noscript><meta http-equiv="refresh" content="5"\/?><\/noscript>/);
  });
});
