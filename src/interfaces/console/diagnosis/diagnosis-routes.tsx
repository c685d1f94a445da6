import { z } from 'zod';
import {
  DiagnosisPage,
  type DiagnosisPageProps,
  type ShownDiagnosis,
} from '../../../../views/console/diagnosis/diagnosis.tsx';
import {
  diagnoseUser,
  sentence,
  type UserDiagnosis,
} from '../../../administration/operations/diagnosis/diagnose-user.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { applicationMeant, userMeant, type Asked } from './choices.ts';
import { placeLink } from './places.ts';

const text = z
  .string()
  .max(200, 'Give at most 200 characters.')
  .default('')
  .transform((given) => given.trim());

/** Why somebody can’t sign in. It only reads, so that those whose access is read-only see it too. */
export function diagnosisRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/console/diagnosis',
      consolePage(
        needs,
        { query: z.object({ user: text, application: text }) },
        async (ctx, console, { query }) => {
          const answer = await answerTo(needs, console, query);
          if (answer.errors) ctx.status = 400;
          needs.show(ctx, console.visit, (page) => (
            <DiagnosisPage {...{ page, frame: console.frame, ...query, ...answer }} />
          ));
        },
      ),
    );
  };
}

type Answer = Partial<Omit<DiagnosisPageProps, 'page' | 'frame'>>;

async function answerTo(needs: ConsoleNeeds, console: ConsoleVisit, asked: Asked): Promise<Answer> {
  if (asked.user === '' && asked.application === '') return {};
  const user = await userMeant(needs, console, asked);
  if (user.kind === 'several') return { choices: user.choices };
  const application = await applicationMeant(needs, console, asked);
  if (application.kind === 'none') return { errors: { application: 'No application has this name.' } };
  if (application.kind === 'several') return { choices: application.choices };
  // A name that no user has is a cause, so it is diagnosed like any other.
  const name = user.kind === 'one' ? user.one : asked.user;
  const diagnosis = await diagnoseUser(needs, console, name, application.one);
  return { user: name, application: application.one.displayName, diagnosis: shown(console, diagnosis) };
}

const shown = (
  console: ConsoleVisit,
  { canSignIn, conclusion, findings, facts }: UserDiagnosis,
): ShownDiagnosis => ({
  ...{ canSignIn, conclusion },
  findings: findings.map(({ verdict, label, found, change, where }) => ({
    ...{ verdict, label, text: sentence(found), change },
    link: where === undefined ? undefined : placeLink(console, facts, where),
  })),
});
