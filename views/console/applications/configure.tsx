import { ConsoleForm } from '../../components/console/console-form.tsx';
import { WizardSteps } from '../../components/console/wizard-steps.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { addingNote } from './guide-notes.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ADD_STEPS } from './catalogue.tsx';
import {
  detailFields,
  metadataFields,
  propertyFields,
  variableFields,
  type TemplateVariable,
  type TypedConfiguration,
  type TypedMetadata,
} from './configuration-fields.ts';

/** What is added: an entry of the catalogue, or a custom application. */
export interface ChosenApplication {
  /** Undefined: a custom application. */
  readonly name: string | undefined;
  /** The end of the address: the slug, or `custom`. */
  readonly slug: string;
  /** Which product or edition the template is for. */
  readonly about: string | undefined;
  readonly variables: readonly TemplateVariable[];
  /** Whether the template knows the service provider. */
  readonly isKnown: boolean;
  /** Where to find what the template doesn't know. */
  readonly missing: string | undefined;
}

export interface ConfigurePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  chosen: ChosenApplication;
  typed: TypedConfiguration & TypedMetadata;
  variables: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
}

/** The second step of a new application: its configuration. */
export function ConfigurePage(props: ConfigurePageProps) {
  const { page, frame, chosen, typed, variables, errors, error } = props;
  const { name = 'custom SAML 2.0 application', slug, about, missing, isKnown } = chosen;
  const back = `${frame.homeHref}/applications/add`;
  const title = formTitle(`Configure ${name}`, { errors, error });
  return (
    <InstanceLayout
      {...{ page, frame, title }}
      place="applications"
      guide={[
        addingNote(
          chosen.name === undefined,
          'A review follows, and Save changes is there. The metadata and the certificate are downloaded from the application’s page after that, because they are made with it.',
        ),
      ]}
    >
      <h1>Configure {name}</h1>
      <div class="v-wizard">
        <WizardSteps steps={ADD_STEPS} current="configure" />
      </div>
      {about !== undefined && <p>{about}</p>}
      {missing !== undefined && <p>{missing}</p>}
      <ConsoleForm
        id="application"
        action={`${back}/${slug}`}
        csrf={frame.person.csrf}
        fields={[
          ...detailFields(typed, errors),
          ...variableFields(chosen.variables, variables, errors),
          ...propertyFields(typed, errors),
          ...metadataFields(typed, errors, isKnown),
        ]}
        error={error}
        hidden={{ step: 'configure' }}
        submitLabel="Next: review"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}
