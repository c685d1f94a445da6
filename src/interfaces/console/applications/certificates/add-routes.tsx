import { z } from 'zod';
import {
  GeneratePage,
  ImportPage,
  type GenerateValues,
} from '../../../../../views/console/applications/certificate-forms.tsx';
import { addCertificateTo } from '../../../../administration/operations/certificates.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import { certificateInputSchema } from '../../../../domain/certificates/certificate-input.ts';
import type { Ctx, Mount } from '../../../../foundation/http/context.ts';
import { csrfField } from '../../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../../frame/console-visit.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../../frame/handlers.ts';
import { applicationOf, applicationParams } from '../application-tabs.ts';
import { CERTIFICATES, donePath, listHrefOf } from './certificates-of-page.ts';

const text = z.string().default('');
const generateForm = z.object({ csrf: csrfField, validityMonths: text, algorithm: text, keySize: text });
const importForm = z.object({ csrf: csrfField, certificatePem: text, privateKeyPem: text, algorithm: text });

/** Two texts of the largest size, percent-encoded. */
const IMPORT_LIMIT = '256kb';

const NEW: GenerateValues = { validityMonths: '60', algorithm: 'SHA-256', keySize: '2048' };

/** How an application gets another certificate (guide, “Step 1: Generate a new certificate”). */
export function addCertificateRoutes(needs: ConsoleNeeds): Mount {
  const params = applicationParams;
  return (router) => {
    router.get(
      `${CERTIFICATES}/generate`,
      consolePage(needs, { params, isForm: true }, async (ctx, console, input) => {
        showGenerate(needs, ctx, console, await applicationOf(needs, console, input.params), NEW);
      }),
    );

    router.post(
      `${CERTIFICATES}/generate`,
      consoleForm(needs, { params, form: generateForm }, async (ctx, console, input) => {
        const application = await applicationOf(needs, console, input.params);
        const { csrf: _, ...values } = input.form;
        const { algorithm } = values;
        const numbers = { validityMonths: whole(values.validityMonths), keySize: whole(values.keySize) };
        const faults = await add(needs, console, application, { ...numbers, algorithm });
        if (faults) showGenerate(needs, ctx, console, application, values, faults);
        else goTo(ctx, console, donePath(application, 'generated'));
      }),
    );

    router.get(
      `${CERTIFICATES}/import`,
      consolePage(needs, { params, isForm: true }, async (ctx, console, input) => {
        const values = { certificatePem: '', algorithm: NEW.algorithm };
        showImport(needs, ctx, console, await applicationOf(needs, console, input.params), values);
      }),
    );

    router.post(
      `${CERTIFICATES}/import`,
      consoleForm(
        needs,
        { params, form: importForm, formLimit: IMPORT_LIMIT },
        async (ctx, console, input) => {
          const application = await applicationOf(needs, console, input.params);
          const { csrf: _, ...values } = input.form;
          const faults = await add(needs, console, application, values);
          if (faults) showImport(needs, ctx, console, application, values, faults);
          else goTo(ctx, console, donePath(application, 'imported'));
        },
      ),
    );
  };
}

/** NaN for what isn't a whole number, so that its rule refuses it. */
const whole = (typed: string): number => (/^\s*\d{1,9}\s*$/.test(typed) ? Number(typed) : NaN);

/** Adds a certificate; returns what is wrong with the input, if anything. */
async function add(
  needs: ConsoleNeeds,
  console: ConsoleVisit,
  { id }: Application,
  typed: Readonly<Record<string, unknown>>,
): Promise<FormFaults | undefined> {
  const input = readInput(certificateInputSchema, typed);
  if (!input.success) return faultsOfInput(input.error);
  try {
    await addCertificateTo(needs, console, id, input.data);
    return undefined;
  } catch (error) {
    return faultsOf(error, Object.keys(typed));
  }
}

function showGenerate(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  application: Application,
  ...[values, faults]: [GenerateValues, FormFaults?]
): void {
  if (faults) ctx.status = faults.status;
  const { frame, visit } = console;
  needs.show(ctx, visit, (page) => (
    <GeneratePage
      {...{ page, frame, values, listHref: listHrefOf(console, application) }}
      {...{ errors: faults?.errors ?? {}, error: faults?.error }}
    />
  ));
}

function showImport(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  application: Application,
  ...[values, faults]: [{ certificatePem: string; algorithm: string }, FormFaults?]
): void {
  if (faults) ctx.status = faults.status;
  const { frame, visit } = console;
  needs.show(ctx, visit, (page) => (
    <ImportPage
      {...{ page, frame, values, listHref: listHrefOf(console, application) }}
      {...{ errors: faults?.errors ?? {}, error: faults?.error }}
    />
  ));
}
