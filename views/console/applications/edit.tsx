import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { Conflict } from '../../components/console/conflict-notice.tsx';
import { formTitle } from '../form-title.ts';
import { addingNotes } from './guide-notes.ts';
import { InstanceLayout } from '../instance-layout.tsx';
import type { ApplicationPageProps } from './application-page.tsx';
import {
  detailFields,
  metadataFields,
  propertyFields,
  type TypedConfiguration,
  type TypedMetadata,
} from './configuration-fields.ts';

/** How replacing the metadata of an application differs from the guide. */
export const METADATA_DIFFERS =
  '“Application metadata” can be replaced later. The metadata can also be pasted, and a review comes before Save changes.';

interface FormProps extends ApplicationPageProps {
  version: number;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  conflict?: Conflict | undefined;
}

export interface EditApplicationProps extends FormProps {
  typed: TypedConfiguration;
}

/** Changes an application's details and properties (guide, “Application properties”). */
export function EditApplicationPage(props: EditApplicationProps) {
  const { page, frame, head, href, typed, version, errors, error, conflict } = props;
  const title = formTitle('Edit configuration', { errors, error, conflict });
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`${title}: ${head.name}`}
      place="applications"
      guide={addingNotes(
        '“Details” and “Application properties” can be changed at any time. “Application metadata” has a page of its own.',
      )}
    >
      <h1>Edit configuration</h1>
      <ConsoleForm
        id="application"
        action={`${href}/edit`}
        csrf={frame.person.csrf}
        fields={[...detailFields(typed, errors), ...propertyFields(typed, errors)]}
        {...{ version, error, conflict }}
        submitLabel="Save changes"
        cancelHref={href}
      />
    </InstanceLayout>
  );
}

export interface MetadataPageProps extends FormProps {
  typed: TypedMetadata;
}

/** Replaces what is known of an application's service provider. */
export function MetadataPage(props: MetadataPageProps) {
  const { page, frame, head, href, typed, version, errors, error, conflict } = props;
  const title = formTitle('Application metadata', { errors, error, conflict });
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`${title}: ${head.name}`}
      place="applications"
      guide={addingNotes(METADATA_DIFFERS)}
    >
      <h1>Application metadata</h1>
      <p>Whatever you give replaces the service provider’s addresses and certificates.</p>
      <ConsoleForm
        id="metadata"
        action={`${href}/metadata`}
        csrf={frame.person.csrf}
        fields={metadataFields(typed, errors, false)}
        {...{ version, error, conflict }}
        hidden={{ step: 'configure' }}
        submitLabel="Next: review"
        cancelHref={href}
      />
    </InstanceLayout>
  );
}
