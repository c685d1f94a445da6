import { z } from 'zod';
import { TimePage, type TimeValues } from '../../../../views/console/settings/time.tsx';
import type { ClockChange } from '../../../domain/organizations/clock-change.ts';
import { moveClock } from '../../../domain/organizations/clock-commands.ts';
import { offsetText } from '../../../flows/visit/pages.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { parseDuration } from '../../../foundation/platform/duration.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { doneQuery, doneText, versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { typed } from './settings-form.ts';
import { isoDuration, typedDurationOf } from './typed-values.ts';

const path = '/:instance/console/settings/time';
const timeForm = z
  .object({ csrf: csrfField, version: versionField, by: typed, 'by.unit': typed, now: typed })
  .transform(({ by, 'by.unit': unit, ...rest }) => ({ ...rest, by: typedDurationOf(by, unit) }));
type Typed = z.output<typeof timeForm>;

/** What each form does to the clock. */
const CHANGES: Readonly<Record<string, (typed: Typed) => ClockChange>> = {
  advance: ({ by }) => {
    const byMs = parseDuration(isoDuration(by));
    if (byMs === undefined || byMs === 0) throw invalid('/by', 'Enter a number above 0.');
    return { change: 'advance', byMs };
  },
  set: ({ now }) => {
    const at = INSTANT.test(now.trim()) ? Date.parse(`${now.trim().replace(' ', 'T')}Z`) : NaN;
    if (Number.isNaN(at)) throw invalid('/now', 'Enter a date and a time in UTC, such as 2030-01-31 09:00.');
    return { change: 'set', now: at };
  },
  freeze: () => ({ change: 'freeze' }),
  reset: () => ({ change: 'reset' }),
};

const INSTANT = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?$/;

const DONE: Readonly<Record<string, string>> = {
  advance: 'The clock was moved forward.',
  set: 'The clock was set.',
  freeze: 'The clock stands still.',
  reset: 'The clock shows real time.',
};

/** The organization's clock: moves it, sets it, stops it, and puts it back. */
export function timeRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { query: doneQuery }, (ctx, console, { query }) =>
        show(needs, ctx, console, { done: doneText(DONE, query.done) }),
      ),
    );

    for (const [name, changeOf] of Object.entries(CHANGES)) {
      router.post(
        `${path}/${name}`,
        consoleForm(needs, { form: timeForm }, async (ctx, console, { form }) => {
          try {
            const change = changeOf(form);
            const { id } = console.organization;
            await console.run((work) => moveClock(work, id, change, needs.clock.now(), form.version));
          } catch (error) {
            const faults = faultsOf(error, ['by', 'now']);
            return show(needs, ctx, console, { values: { by: form.by, now: form.now }, faults });
          }
          goTo(ctx, console, `/settings/time?done=${name}`);
        }),
      );
    }
  };
}

interface Shown {
  readonly values?: TimeValues;
  readonly faults?: FormFaults;
  readonly done?: string | undefined;
}

function show(needs: ConsoleNeeds, ctx: Ctx, console: ConsoleVisit, { values, faults, done }: Shown): void {
  if (faults) ctx.status = faults.status;
  const { organization, times, visit, frame } = console;
  const { clock, version } = organization;
  const isReal = clock.offsetMs === 0 && clock.frozenAt === null;
  needs.show(ctx, visit, (page) => (
    <TimePage
      {...{ page, frame, done, version: faults?.presentVersion ?? version }}
      now={whenOf(times.policyAt)}
      realNow={whenOf(needs.clock.now())}
      offset={isReal ? 'none' : offsetText(clock)}
      {...{ isReal, isFrozen: clock.frozenAt !== null }}
      values={values ?? { by: { amount: '1', unit: 'hours' }, now: '' }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}
