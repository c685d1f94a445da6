import { ConflictNotice, type Conflict } from '../../components/console/conflict-notice.tsx';
import type { DetailProps } from '../../components/console/detail.tsx';
import { ErrorSummary } from '../../components/console/error-summary.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { AttributeTable } from '../../components/attribute-table.tsx';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import type { ConsoleFrame } from '../instance-layout.tsx';
import { ApplicationTab } from './application-page.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { mappingFields, MappingRows, MAPPINGS_FORM, type MappingChoices } from './mapping-rows.tsx';
import type { PreviewState, TypedMappings } from './mapping-values.ts';

export interface MappingsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  head: Omit<DetailProps, 'children' | 'actions'>;
  version: number;
  values: TypedMappings;
  choices: MappingChoices;
  /** Whether another row can be added. */
  mayAdd: boolean;
  /** The messages beside the fields. */
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  conflict?: Conflict | undefined;
  /** The user of the preview, as typed, and names to choose from. */
  previewUser: string;
  userNames: readonly string[];
  preview: PreviewState;
  done?: string | undefined;
}

const MAPPING: GuideNoteProps = {
  procedure: 'To map application attributes to attributes in AWS SSO',
  differs:
    'A preview beside the table shows what the service provider would receive for a user, before you save.',
};

/** The attributes that a service provider receives (guide, “Map attributes in your application to AWS SSO attributes”). */
export function MappingsPage(props: MappingsPageProps) {
  const { page, frame, head, errors, error, conflict, done } = props;
  const title = formTitle('Attribute mappings', { errors, error, conflict });
  return (
    <ApplicationTab
      {...{ page, frame, head, title }}
      guide={[MAPPING]}
      done={done === undefined ? undefined : { text: done }}
    >
      {frame.mayChange ? <MappingsForm {...props} /> : <ReadMappings {...props} />}
    </ApplicationTab>
  );
}

function MappingsForm(props: MappingsPageProps) {
  const { frame, head, version, values, choices, mayAdd, errors, error, conflict } = props;
  return (
    <form method="post" action={head.currentHref} class="v-with-preview" data-live-preview novalidate>
      <div>
        {/* Enter in a field presses the first button of a form, which must not remove a row. */}
        <button type="submit" class="visually-hidden" tabindex={-1} aria-hidden="true">
          Save changes
        </button>
        {conflict && <ConflictNotice {...conflict} />}
        <ErrorSummary formId={MAPPINGS_FORM} fields={mappingFields(values, choices, errors)} error={error} />
        <input type="hidden" name="csrf" value={frame.person.csrf} />
        <input type="hidden" name="version" value={version} />
        <p class="v-field-help">
          A value is text, user attributes such as <code>{'${user:email}'}</code>, or any mix of them. A
          subject whose format is persistent or transient may be empty: its value is then generated.
        </p>
        <MappingRows {...{ values, choices, errors }} />
        <p class="v-mappings-add">
          {mayAdd && (
            <button type="submit" name="act" value="add" class="btn v-button-quiet">
              <Icon name="plus" />
              Add new attribute mapping
            </button>
          )}
        </p>
        <p class="v-form-end">
          <button type="submit" class="btn btn-primary">
            {conflict ? 'Save changes over theirs' : 'Save changes'}
          </button>
          <a class="btn v-button-quiet" href={head.currentHref}>
            Cancel
          </a>
        </p>
      </div>
      <PreviewPanel {...props} />
    </form>
  );
}

function ReadMappings(props: MappingsPageProps) {
  const { subject, attributes } = props.values;
  return (
    <form method="get" action={props.head.currentHref} class="v-with-preview">
      <div>
        <AttributeTable
          attributes={[
            { name: 'Subject', format: subject.format, values: subject.value === '' ? [] : [subject.value] },
            ...attributes.map(({ name, value, format }) => ({ name, format, values: [value] })),
          ]}
          withoutFormat="none"
        />
      </div>
      <PreviewPanel {...props} />
    </form>
  );
}

const USERS_LIST = 'users-to-preview';

/** Its button previews what was typed; where nothing can be typed, it opens the page again for the user. */
function PreviewPanel({ previewUser, userNames, preview, frame, errors }: MappingsPageProps) {
  const error = errors['user'];
  return (
    <aside class="v-panel" aria-labelledby="preview">
      <h2 id="preview">Preview</h2>
      <div class="v-field">
        <label class="form-label" for={`${MAPPINGS_FORM}-user`}>
          Username
        </label>
        {error !== undefined && (
          <p id={`${MAPPINGS_FORM}-user-error`} class="v-field-error">
            {error}
          </p>
        )}
        <div class="v-preview-user">
          <input
            id={`${MAPPINGS_FORM}-user`}
            name="user"
            type="text"
            class="form-control"
            value={previewUser}
            list={USERS_LIST}
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={error === undefined ? undefined : `${MAPPINGS_FORM}-user-error`}
          />
          <button
            type="submit"
            class="btn v-button-quiet"
            {...(frame.mayChange && { name: 'act', value: 'preview' })}
          >
            Preview
          </button>
        </div>
        <datalist id={USERS_LIST}>
          {userNames.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <MappingPreview preview={preview} />
    </aside>
  );
}
