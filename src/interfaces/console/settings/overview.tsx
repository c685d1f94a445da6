import { z } from 'zod';
import { SettingsPage } from '../../../../views/console/settings/overview.tsx';
import { settingsSections, type SettingsSummary } from '../../../../views/console/settings/sections.tsx';
import { fieldText } from '../../../../views/console/settings/field-text.ts';
import { durationWords } from '../../../../views/words.ts';
import { pageGrants } from '../../../domain/access/grant-list-store.ts';
import type { Settings } from '../../../domain/organizations/settings.ts';
import { offsetText } from '../../../flows/visit/pages.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { durationMs } from '../../../foundation/platform/duration.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { mfaForm } from './forms/mfa.ts';
import { requestsForm } from './forms/requests.ts';
import type { SettingsForm } from './settings-form.ts';
import { doneText } from '../frame/fields.ts';

const query = z.object({ done: z.string().max(50).optional() });

/** What was done, by the word in the address. */
const DONE: Readonly<Record<string, string>> = {
  mfa: 'The settings of multi-factor authentication were saved.',
  session: 'The settings of portal sessions were saved.',
  branding: 'The name and the colour were saved.',
  limits: 'The quotas and limits were saved.',
  'sign-in': 'The settings of sign-ins were saved.',
  saml: 'The settings of SAML were saved.',
  logo: 'The logo was saved.',
  'logo-removed': 'The logo was removed.',
  url: 'The portal has its URL now.',
  enabled: 'The identity centre is enabled, and empty. Add users, or import an organization file.',
  created: 'The organization was created, and its identity centre enabled. It is empty.',
};

/** Administrators whose names are shown. */
const NAMES = 5;

/** All settings at a glance. */
export function overviewRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/console/settings',
      consolePage(needs, { query }, async (ctx, console, { query: { done = '' } }) => {
        const summary = await summaryOf(needs, console);
        const { homeHref, mayChange, instance } = console;
        const warning = done === mfaForm.name ? mfaForm.warningOf?.(instance.settings) : undefined;
        needs.show(ctx, console.visit, (page) => (
          <SettingsPage
            {...{ page, frame: console.frame, done: doneText(DONE, done) }}
            sections={settingsSections(`${homeHref}/settings`, summary, mayChange)}
            warning={warning === undefined ? undefined : { text: warning, href: `${homeHref}/settings/mfa` }}
            deleteHref={`${homeHref}/settings/delete`}
          />
        ));
      }),
    );
  };
}

async function summaryOf(needs: ConsoleNeeds, console: ConsoleVisit): Promise<SettingsSummary> {
  const { instance, organization, times } = console;
  const { settings, alias, directoryId, region, logo } = instance;
  const granted = await pageGrants(needs.db.read, instance.id, { limit: NAMES });
  const urlOf = (reference: string) => `${needs.publicOrigin}/${reference}/start`;
  return {
    organization: {
      name: organization.name,
      id: organization.id,
      accountId: organization.managementAccountId,
    },
    ...{
      directoryId,
      region,
      alias,
      portalUrl: urlOf(alias ?? directoryId),
      directoryUrl: urlOf(directoryId),
    },
    mfa: texts(mfaForm, settings),
    session: {
      lifetime: durationWords(durationMs(settings.session.lifetime)),
      isImmediate: settings.session.revocation === 'immediate',
    },
    branding: { ...settings.branding, hasLogo: logo !== null },
    clock: { now: whenOf(times.policyAt), offset: clockOffset(organization.clock) },
    administrators: {
      names: granted.items.map(({ name, access }) => ({ name, access })),
      more: granted.cursor !== null,
    },
    signIn: { ...settings.signIn, window: durationWords(durationMs(settings.signIn.throttleWindow)) },
    saml: texts(requestsForm, settings),
    limits: { applications: settings.quotas.applications, events: settings.retention.events },
  };
}

const clockOffset = (clock: ConsoleVisit['organization']['clock']): string =>
  clock.offsetMs === 0 && clock.frozenAt === null ? 'real time' : offsetText(clock);

/** The values of a form's fields, each with its label. */
function texts<Values extends object>(
  { fields, valuesOf }: SettingsForm<Values>,
  settings: Settings,
): SettingsSummary['mfa'] {
  return fields(valuesOf(settings), {}).map((field) => ({ label: field.label, text: fieldText(field) }));
}
