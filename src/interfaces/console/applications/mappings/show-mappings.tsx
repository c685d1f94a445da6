import { MappingsPage } from '../../../../../views/console/applications/mappings.tsx';
import type { Conflict } from '../../../../../views/components/console/conflict-notice.tsx';
import type {
  PreviewState,
  TypedMappings,
} from '../../../../../views/console/applications/mapping-values.ts';
import { previewMappings } from '../../../../administration/operations/mapping-preview.ts';
import {
  ATTRIBUTE_FORMATS,
  SUBJECT_FORMATS,
  type Application,
} from '../../../../domain/applications/application.ts';
import { USER_VARIABLES } from '../../../../domain/applications/attribute-template.ts';
import { listUsers } from '../../../../domain/directory/user-list-store.ts';
import type { Ctx } from '../../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../../frame/faults.ts';
import { applicationHead } from '../application-tabs.ts';
import { checkTyped, MAX_ROWS } from './typed-mappings.ts';

const CHOICES = {
  subjectFormats: SUBJECT_FORMATS,
  attributeFormats: ATTRIBUTE_FORMATS,
  userAttributes: USER_VARIABLES.map((name) => `\${user:${name}}`),
};

/** User names that the preview's field suggests. */
const SUGGESTED = 50;

/** The mappings as they were typed, and what else the page shows. */
export interface ShownMappings {
  application: Application;
  typed: TypedMappings;
  /** The version that a change replaces. */
  version: number;
  /** The user of the preview; undefined: the first one. */
  user: string | undefined;
  faults?: FormFaults | undefined;
  conflict?: Conflict | undefined;
  done?: string | undefined;
}

export async function showMappings(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  shown: ShownMappings,
): Promise<void> {
  const { application, typed, version, faults, conflict, done } = shown;
  const users = await listUsers(needs.db.read, console.instance.id, {}, { limit: SUGGESTED });
  const userNames = users.items.map(({ userName }) => userName);
  const user = shown.user ?? userNames[0] ?? '';
  const { preview, error } = await previewOf(needs, console, application, typed, user);
  if (error !== undefined) ctx.status = 400;
  if (faults) ctx.status = faults.status;
  const errors = { ...faults?.errors, ...(error !== undefined && { user: error }) };
  needs.show(ctx, console.visit, (page) => (
    <MappingsPage
      {...{ page, frame: console.frame, head: applicationHead(console, application, '/attribute-mappings') }}
      {...{ version, values: typed, choices: CHOICES, mayAdd: typed.attributes.length < MAX_ROWS }}
      {...{ errors, error: faults?.error, conflict, previewUser: user, userNames, preview, done }}
    />
  ));
}

/** What an assertion would say, or why that can't be said, with what is wrong with the user's name. */
async function previewOf(
  needs: ConsoleNeeds,
  console: ConsoleVisit,
  { id }: Application,
  typed: TypedMappings,
  user: string,
): Promise<{ preview: PreviewState; error?: string | undefined }> {
  const checked = checkTyped(typed);
  if (!checked.ok) return { preview: { trouble: 'Correct the mappings to see what they make.' } };
  if (user === '') return { preview: { trouble: 'Type the name of a user.' } };
  try {
    const { subject, attributes, ...made } = await previewMappings(needs, console, id, {
      user,
      ...checked.mappings,
    });
    const preview = {
      ...made,
      subject: subject && { value: subject.value, format: subject.format ?? null },
      attributes: attributes.map(({ name, nameFormat = null, values }) => ({
        ...{ name, format: nameFormat, values },
      })),
    };
    return { preview };
  } catch (error) {
    const { errors, error: whole } = faultsOf(error, ['user']);
    const trouble = errors['user'] ?? whole ?? 'There is no preview.';
    return { preview: { trouble }, error: errors['user'] };
  }
}
