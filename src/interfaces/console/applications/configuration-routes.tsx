import type { Done } from '../../../../views/console/applications/application-page.tsx';
import { ConfigurationPage } from '../../../../views/console/applications/configuration.tsx';
import { acsUrlsOf } from '../../../domain/applications/relying-party.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { findActiveCertificate } from '../../../domain/certificates/store.ts';
import { addressesOf } from '../../../flows/idp/addresses.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { durationMs } from '../../../foundation/platform/duration.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { consolePage } from '../frame/handlers.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';
import { originOf } from './shown.ts';

/** What an act that leads here has done. */
const DONE: Readonly<Record<string, string>> = {
  added: 'The application was added.',
  saved: 'The configuration was saved.',
  metadata: 'The application metadata was saved.',
  enabled: 'The application is enabled: those to whom it is assigned can use it again.',
  disabled: 'The application is disabled: nobody can use it.',
};

/** The acts that undo what was done, by the word of the act. */
const UNDO: Readonly<Record<string, string>> = { enabled: 'disable', disabled: 'enable' };

/** The first tab of an application. */
export function configurationRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      APPLICATION_PATH,
      consolePage(needs, { params: applicationParams, query: doneQuery }, async (ctx, console, input) => {
        const application = await applicationOf(needs, console, input.params);
        const shown = {
          ...{ frame: console.frame, head: applicationHead(console, application, '') },
          href: applicationHref(console, application),
          isNew: input.query.done === 'added',
          done: doneOf(input.query.done, applicationHref(console, application)),
          ...(await configurationOf(needs, console, application)),
        };
        needs.show(ctx, console.visit, (page) => <ConfigurationPage {...{ page, ...shown }} />);
      }),
    );
  };
}

function doneOf(word = '', href: string): Done | undefined {
  const [text, act] = [doneText(DONE, word), doneText(UNDO, word)];
  const undo = act === undefined ? undefined : { label: 'Undo', action: `${href}/${act}` };
  return text === undefined ? undefined : { text, undo };
}

async function configurationOf(
  { db, publicOrigin }: ConsoleNeeds,
  { instance }: ConsoleVisit,
  application: Application,
) {
  const { id, key, description, enabled, settings, relyingParty } = application;
  const { entityId, ssoUrl, ...addresses } = addressesOf(publicOrigin, instance.directoryId, id);
  const certificate = await findActiveCertificate(db.read, instance.id, id);
  return {
    details: { id, enabled, key, description, origin: originOf(application) },
    provider: {
      ...{ signInUrl: ssoUrl, issuerUrl: entityId, metadataUrl: addresses.metadataUrl },
      metadataPath: new URL(addresses.metadataUrl).pathname,
      certificatePath: new URL(addresses.certificateUrl).pathname,
      certificatePem: certificate?.certificatePem ?? '',
    },
    properties: {
      startUrl: settings.startUrl,
      relayState: settings.relayState,
      sessionMs: durationMs(settings.sessionDuration),
    },
    serviceProvider: {
      audience: relyingParty.entityId,
      acsUrls: acsUrlsOf(relyingParty),
      certificates: relyingParty.requestSigningCertificates.length,
      sample: settings.sample,
    },
  };
}
