import { Banner } from '../../components/console/banner.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { OperatorLayout, type OperatorFrame } from '../operator-layout.tsx';
import { ENABLING } from './guide-notes.ts';
import { placeFields, type PlaceValues } from './place-fields.ts';

export type { PlaceValues };

export interface EnablePageProps {
  page: PageContext;
  frame: OperatorFrame;
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
  const { page, frame, action, name, values, errors, error, done } = props;
  const title = formTitle('Enable the identity centre', { errors, error });
  return (
    <OperatorLayout {...{ page, frame, title }} guide={[ENABLING]}>
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <h1>Enable the identity centre</h1>
      <p class="v-lead">
        <Named text={name} /> has no identity centre: no portal, no users and no applications. Enabled, it is
        empty and has a new directory id.
      </p>
      <ConsoleForm
        {...{ id: 'enable', action, csrf: frame.person.csrf, error }}
        fields={placeFields(values, errors)}
        submitLabel="Enable"
        cancelHref={frame.homeHref}
      />
    </OperatorLayout>
  );
}
