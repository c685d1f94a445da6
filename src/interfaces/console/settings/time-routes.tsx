import { z } from 'zod';
import { ClockReviewPage } from '../../../../views/console/settings/clock-review.tsx';
import { TimePage, type TimeValues } from '../../../../views/console/settings/time.tsx';
import { previewClock } from '../../../administration/operations/clock-preview.ts';
import { moveClock } from '../../../domain/organizations/clock-commands.ts';
import { offsetText } from '../../../flows/visit/pages.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { doneQuery, doneText, versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { CLOCK_CHANGES, clockFields, typedClock, type TypedClock } from './clock-changes.ts';

const path = '/:instance/console/settings/time';
const timeForm = clockFields.extend({ csrf: csrfField, version: versionField });
/** Changes that touch sessions, links and certificates, so that their effects are shown before. */
const reviewed = z.enum(['advance', 'set', 'reset']);
const reviewQuery = clockFields.extend({ change: reviewed.optional().catch(undefined) });

const DONE: Readonly<Record<keyof typeof CLOCK_CHANGES, string>> = {
  advance: 'The clock was moved forward.',
  set: 'The clock was set.',
  freeze: 'The clock stands still.',
  resume: 'The clock runs.',
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

    router.get(
      `${path}/review`,
      consolePage(needs, { query: reviewQuery, isForm: true }, async (ctx, console, { query }) => {
        const typed = typedClock(query);
        // An address that names no change asks for the page on which one is chosen.
        if (query.change === undefined) return show(needs, ctx, console, {});
        try {
          await showReview(needs, ctx, console, { name: query.change, typed });
        } catch (error) {
          const faults = faultsOf(error, ['by', 'now']);
          show(needs, ctx, console, { values: typed, faults });
        }
      }),
    );

    for (const [name, changeOf] of Object.entries(CLOCK_CHANGES)) {
      router.post(
        `${path}/${name}`,
        consoleForm(needs, { form: timeForm }, async (ctx, console, { form }) => {
          const typed = typedClock(form);
          try {
            const change = changeOf(typed);
            const { id } = console.organization;
            await console.run((work) => moveClock(work, id, change, needs.clock.now(), form.version));
          } catch (error) {
            const faults = faultsOf(error, ['by', 'now']);
            return show(needs, ctx, console, { values: typed, faults });
          }
          goTo(ctx, console, `/settings/time?done=${name}`);
        }),
      );
    }
  };
}

/** What a change would do, and the button that makes it. */
async function showReview(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { name, typed }: { name: z.output<typeof reviewed>; typed: TypedClock },
): Promise<void> {
  const { organization, visit, frame, sessionEndsAt } = console;
  const preview = await previewClock(needs, console, CLOCK_CHANGES[name](typed));
  const { now, then, sessions, signIns, passwordLinks, certificates } = preview;
  const isForward = then > now;
  needs.show(ctx, visit, (page) => (
    <ClockReviewPage
      {...{ page, frame, name, typed, version: organization.version }}
      {...{ now: whenOf(now), then: whenOf(then), byMs: Math.abs(then - now) }}
      applications={certificates.map(({ applicationId: id, displayName }) => ({ id, displayName }))}
      effects={{
        ...{ isForward, sessions, signIns, passwordLinks },
        certificates: certificates.length,
        endsYours: isForward && sessionEndsAt !== undefined && sessionEndsAt <= then,
      }}
    />
  ));
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
