import { Banner } from '../../components/console/banner.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { GuideNote } from '../../components/console/guide-note.tsx';
import { Named } from '../../components/console/named.tsx';
import type { ConsolePerson } from '../../layouts/console-layout.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { OperatorLayout } from '../operator-layout.tsx';
import { placeFields, type PlaceValues } from './place-fields.ts';

export type { PlaceValues };

export interface EnablePageProps {
  page: PageContext;
  person: ConsolePerson;
  /** The list of all organizations. */
  homeHref: string;
  action: string;
  /** The organization's name. */
  name: string;
  values: PlaceValues;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  done?: string | undefined;
}

/** The console of an organization without an identity centre: enables it. */
export function EnablePage(props: EnablePageProps) {
  const { page, person, homeHref, action, name, values, errors, error, done } = props;
  const title = formTitle('Enable the identity centre', { errors, error });
  return (
    <OperatorLayout {...{ page, person, homeHref, title }}>
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <h1>Enable the identity centre</h1>
      <p class="v-lead">
        <Named text={name} /> has no identity centre: no portal, no users and no applications. Enabled, it is
        empty and has a new directory id.
      </p>
      <ConsoleForm
        {...{ id: 'enable', action, csrf: person.csrf, error }}
        fields={placeFields(values, errors)}
        submitLabel="Enable"
        cancelHref={homeHref}
      />
      <GuideNote
        procedure="To enable AWS SSO"
        heading="Enable AWS SSO"
        page={4}
        differs={
          <p>
            The button is called “Enable”, and an operator of the server signs in by a link or the API token.
            Without an organization, “All organizations” leads to “Create organization”, which enables the
            identity centre too.
          </p>
        }
      />
    </OperatorLayout>
  );
}
