import { exchangeHref } from '../../../../views/console/exchanges/words.ts';
import type { Place } from '../../../administration/operations/diagnosis/finding.ts';
import type { DiagnosisFacts } from '../../../administration/operations/diagnosis/facts.ts';
import type { ConsoleVisit } from '../frame/console-visit.ts';

/** The link to where something can be changed or seen; undefined if there is none for this person. */
export function placeLink(
  { homeHref, mayChange }: Pick<ConsoleVisit, 'homeHref' | 'mayChange'>,
  { userName, found, of }: DiagnosisFacts,
  place: Place,
): { readonly label: string; readonly href: string } | undefined {
  const user = found && `${homeHref}/users/${found.about.user.id}`;
  const application = `${homeHref}/applications/${of.application.id}`;
  const link = (label: string, href: string | undefined) =>
    href === undefined ? undefined : { label, href };
  switch (place) {
    case 'users':
      return link(
        'Look for the user',
        `${homeHref}/users?${new URLSearchParams({ q: userName }).toString()}`,
      );
    case 'user':
      return link('User', user);
    case 'password':
      return link('Reset password', mayChange && user !== undefined ? `${user}/reset-password` : undefined);
    case 'mfa-devices':
      return link('MFA devices', user && `${user}/mfa-devices`);
    case 'sessions':
      return link('Sessions', user && `${user}/sessions`);
    case 'mfa-settings':
      return link('MFA settings', `${homeHref}/settings/mfa`);
    case 'application':
      return link('Application', application);
    case 'assigned-users':
      return link('Assigned users', `${application}/users`);
    case 'mappings':
      return link('Attribute mappings', `${application}/attribute-mappings`);
    case 'certificates':
      return link('Certificates', `${application}/certificates`);
    case 'last-sign-on': {
      const last = found?.access.last;
      if (!last) return undefined;
      // The recorded conversation is for those with full access; the event is for all.
      return mayChange && last.exchangeId !== undefined
        ? link('Exchange', exchangeHref({ homeHref }, last.exchangeId))
        : link('Event', `${homeHref}/events/${last.eventId}`);
    }
    case 'time':
      return link('Time', `${homeHref}/settings/time`);
  }
}
