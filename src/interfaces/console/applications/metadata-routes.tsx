import { z } from 'zod';
import { MetadataPage } from '../../../../views/console/applications/edit.tsx';
import { MetadataReviewPage } from '../../../../views/console/applications/metadata-review.tsx';
import type { TypedMetadata } from '../../../../views/console/applications/configuration-fields.ts';
import { changeApplication, readServiceProvider } from '../../../administration/operations/applications.ts';
import { serviceProviderSchema } from '../../../domain/applications/service-provider-input.ts';
import type { Application } from '../../../domain/applications/application.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { conflictOf } from '../frame/conflict.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
  changesOf,
} from './application-tabs.ts';
import {
  atFields,
  configurationForm,
  faultsAtFields,
  METADATA_FILE,
  NO_METADATA,
  REVIEW_LIMIT,
  serviceProviderOf,
  typedOf,
} from './configuration-form.ts';
import { serviceProviderAnswers } from './reviewed.ts';

const path = `${APPLICATION_PATH}/metadata`;
const form = configurationForm.extend({ version: versionField });
const wanted = z.object({ serviceProvider: serviceProviderSchema });

/** Replacing what is known of an application's service provider, after a review. */
export function metadataRoutes(needs: ConsoleNeeds): Mount {
  const params = applicationParams;
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params, isForm: true }, async (ctx, console, { params: of }) => {
        const application = await applicationOf(needs, console, of);
        await show(needs, ctx, console, { application, typed: NO_METADATA, version: application.version });
      }),
    );

    router.post(
      path,
      consoleForm(
        needs,
        { params, form, file: METADATA_FILE, formLimit: REVIEW_LIMIT },
        async (ctx, console, { params: of, form: sent, file }) => {
          const application = await applicationOf(needs, console, of);
          await goOn(needs, ctx, console, { application, sent, file });
        },
      ),
    );
  };
}

interface Sent {
  readonly application: Application;
  readonly sent: z.output<typeof form>;
  readonly file: Buffer | undefined;
}

/** Shows the review of what was given, saves what was reviewed, or shows the form again with what is wrong. */
async function goOn(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { application, sent, file }: Sent,
): Promise<void> {
  const { version, step } = sent;
  let typed = typedOf(sent, undefined);
  try {
    typed = typedOf(sent, file);
    const input = readInput(wanted, { serviceProvider: serviceProviderOf(typed) ?? {} });
    if (!input.success) {
      const faults = atFields(faultsOfInput(input.error));
      await show(needs, ctx, console, { application, typed, version, faults });
      return;
    }
    if (step === 'review') {
      await changeApplication(needs, console, application.id, input.data, version);
      goTo(ctx, console, `/applications/${application.id}?done=metadata`);
      return;
    }
    const { relyingParty, warnings } = await readServiceProvider(needs, console, input.data.serviceProvider);
    const { metadataXml, acsUrl, audience } = typed;
    const shown = {
      ...{ frame: console.frame, head: applicationHead(console, application, ''), version },
      href: applicationHref(console, application),
      ...{
        now: serviceProviderAnswers(application.relyingParty),
        then: serviceProviderAnswers(relyingParty),
      },
      warnings: warnings.map(({ message }) => message),
      hidden: { step: 'review', metadataXml, acsUrl, audience },
    };
    needs.show(ctx, console.visit, (page) => <MetadataReviewPage {...{ page, ...shown }} />);
  } catch (error) {
    const faults = faultsAtFields(error);
    await show(needs, ctx, console, {
      ...{ application, typed, faults, version: faults.presentVersion ?? version },
    });
  }
}

interface Shown {
  readonly application: Application;
  readonly typed: TypedMetadata;
  readonly version: number;
  readonly faults?: FormFaults;
}

async function show(needs: ConsoleNeeds, ctx: Ctx, console: ConsoleVisit, shown: Shown): Promise<void> {
  const { application, typed, version, faults } = shown;
  if (faults) ctx.status = faults.status;
  const href = applicationHref(console, application);
  const conflict = await conflictOf(needs, console, faults, {
    changedBy: [changesOf(application)],
    ...{ values: [], takeTheirsHref: href },
  });
  const head = applicationHead(console, application, '');
  needs.show(ctx, console.visit, (page) => (
    <MetadataPage
      {...{ page, frame: console.frame, head, href, typed, version, conflict }}
      errors={faults?.errors ?? {}}
      error={conflict ? undefined : faults?.error}
    />
  ));
}
