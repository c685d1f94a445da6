import { z } from 'zod';
import type { DetailProps } from '../../../../views/components/console/detail.tsx';
import { findApplicationBy } from '../../../administration/operations/applications.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { APPLICATION_CHANGES } from '../../../domain/applications/changes.ts';
import type { ChangeOf } from '../frame/conflict.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';

export const APPLICATION_PATH = '/:instance/console/applications/:application';

/** The parameter of all pages of an application: its id or key. */
export const applicationParams = z.object({ application: z.string().max(64) });

/** The tabs of an application in their order; `path` follows its address. */
const TABS = [
  { path: '', label: 'Configuration' },
  { path: '/attribute-mappings', label: 'Attribute mappings' },
  { path: '/certificates', label: 'AWS SSO certificate' },
  { path: '/users', label: 'Assigned users' },
  { path: '/instructions', label: 'Instructions' },
  { path: '/exchanges', label: 'Exchanges', needsFullAccess: true },
] as const satisfies readonly {
  path: string;
  label: string;
  needsFullAccess?: true;
}[];

export type ApplicationTab = (typeof TABS)[number]['path'];

/** What all tabs of an application show of it. */
export type ApplicationHead = Omit<DetailProps, 'children' | 'actions'>;

export const applicationHref = ({ homeHref }: ConsoleVisit, { id }: Pick<Application, 'id'>): string =>
  `${homeHref}/applications/${id}`;

/** The application of a page. Throws ResourceNotFoundException. */
export const applicationOf = (
  { db }: Pick<ConsoleNeeds, 'db'>,
  { instance }: ConsoleVisit,
  { application }: z.output<typeof applicationParams>,
): Promise<Application> => findApplicationBy(db.read, instance, application);

/** What changes the version of an application. */
export const changesOf = ({ id }: Pick<Application, 'id'>): ChangeOf => ({
  ...{ operations: APPLICATION_CHANGES, parameter: 'instanceId', id },
});

export function applicationHead(
  console: ConsoleVisit,
  application: Application,
  current: ApplicationTab,
): ApplicationHead {
  const href = applicationHref(console, application);
  return {
    back: { label: 'Applications', href: `${console.homeHref}/applications` },
    kind: 'Application',
    name: application.displayName,
    status: application.enabled ? undefined : { text: 'Disabled', tone: 'warning' },
    tabs: TABS.filter((tab) => console.mayChange || !('needsFullAccess' in tab)).map(({ path, label }) => ({
      label,
      href: `${href}${path}`,
    })),
    currentHref: `${href}${current}`,
  };
}
