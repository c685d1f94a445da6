import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { Conflict } from '../../components/console/conflict-notice.tsx';
import type { Field } from '../../components/console/field.ts';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Facts } from '../../components/facts.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { fieldText } from './field-text.ts';
import { SettingsBack } from './back.tsx';

export interface SettingsFormPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** The last segment of the page's address. */
  name: string;
  title: string;
  /** Above the form. */
  about: ComponentChildren;
  /** What a reader of the present settings has to know. */
  warning?: string | undefined;
  fields: readonly Field[];
  /** Otherwise the values are only shown. */
  mayEdit: boolean;
  operatorsOnly: boolean;
  version: number;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  conflict?: Conflict | undefined;
  guide?: readonly GuideNoteProps[] | undefined;
  /** Below the form, such as a preview. */
  aside?: ComponentChildren;
}

/** A form about some settings of the instance. */
export function SettingsFormPage(props: SettingsFormPageProps) {
  const { page, frame, name, title, about, fields, mayEdit, operatorsOnly } = props;
  const { version, errors, error, conflict, guide, warning, aside } = props;
  const back = `${frame.homeHref}/settings`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle(title, { errors, error, conflict })}
      place="settings"
      guide={guide}
    >
      <SettingsBack href={back} />
      <h1>{title}</h1>
      {typeof about === 'string' ? <p class="v-lead">{about}</p> : about}
      {warning !== undefined && <Banner tone="warning">{warning}</Banner>}
      {mayEdit ? (
        <ConsoleForm
          {...{
            id: name,
            action: `${back}/${name}`,
            csrf: frame.person.csrf,
            fields,
            error,
            version,
            conflict,
          }}
          submitLabel="Save changes"
          cancelHref={back}
        />
      ) : (
        <>
          {operatorsOnly && (
            <p>Only an operator of the server can change this, because it costs the whole server.</p>
          )}
          <Facts
            facts={fields.map((field) => ({
              label: field.label,
              value: <ValueOrNone text={fieldText(field)} />,
            }))}
          />
        </>
      )}
      {aside}
    </InstanceLayout>
  );
}
