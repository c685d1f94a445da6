import type { Outcome, Wanted } from './register-application.ts';
import { printable } from './service-provider-choice.ts';
import { terminalText } from './terminal-text.ts';

const BEGINNINGS: Readonly<Record<Outcome['how'], (application: string) => string>> = {
  added: (application) => `${application} was added.`,
  assigned: (application) => `${application} was added before. It is assigned now.`,
  found: (application) => `${application} was added before. Nothing was changed.`,
};

/** What `vestibule add-application` prints: what the service provider needs, and what was registered of it. */
export function describeAdded(
  { application, how }: Outcome,
  { users, groups, everyone }: Pick<Wanted, 'users' | 'groups' | 'everyone'>,
): string {
  const { key, displayName, serviceProvider, certificate } = application;
  const assigned = everyone ? ['everyone'] : [...users, ...groups.map((name) => `the group ${name}`)];
  const [user = 'a user'] = users;
  const name = printable(displayName);
  const until = certificate ? ` (until ${certificate.notAfter.slice(0, 10)})` : '';
  const lines = [
    BEGINNINGS[how](`${name} (key ${key})`),
    '',
    'For the service provider',
    `  Metadata      ${application.metadataUrl}`,
    `  EntityID      ${application.entityId}`,
    `  Sign-on URL   ${application.ssoUrl}`,
    `  Certificate   ${application.certificateUrl}${until}`,
    '',
    'Registered in Vestibule',
    `  EntityID      ${printable(serviceProvider.entityId)}`,
    ...serviceProvider.acsUrls.map(
      (url, index) => `  ${index === 0 ? 'ACS          ' : '             '} ${printable(url)}`,
    ),
    ...(assigned.length === 0 ? [] : [`  Assigned to   ${assigned.map(printable).join(', ')}`]),
    '',
    `Once the service provider has the metadata, open the sign-on URL and sign in as ${printable(user)}.`,
    '',
  ];
  return terminalText(lines.join('\n'));
}
