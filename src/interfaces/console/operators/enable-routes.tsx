import { z } from 'zod';
import { CreateOrganizationPage } from '../../../../views/console/enabling/create-organization.tsx';
import { EnablePage, type PlaceValues } from '../../../../views/console/enabling/enable.tsx';
import { openOrganization } from '../../../administration/operations/open-organization.ts';
import {
  enableInstance,
  makeOrganization,
  newInstanceSchema,
} from '../../../administration/operations/organizations.ts';
import { organizationInputSchema } from '../../../domain/organizations/input.ts';
import type { Instance, Organization } from '../../../domain/organizations/organization.ts';
import { callerOf } from '../../../foundation/http/caller.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { checkForm, requireOperator, type Operator, type OperatorNeeds } from './operator.ts';
import { operatorFrame } from './operator-frame.ts';
import { CREATE_PATH, enablePath } from './paths.ts';

const params = z.object({ organization: z.string().max(64) });
const text = z.string().default('');
const enableForm = z.object({ csrf: csrfField, region: text, alias: text });
const createForm = enableForm.extend({ name: text, managementAccountId: text });

const DONE: Readonly<Record<string, string>> = {
  deleted: 'The configuration was deleted. The organization has its events, its mail and its clock.',
};

/** Enables an organization's identity centre (guide, “Enable AWS SSO”), and makes organizations. */
export function enableRoutes(needs: OperatorNeeds): Mount {
  return (router) => {
    router.get(
      enablePath(':organization'),
      withCheckedInput({ params, query: doneQuery }, async (ctx, { params: { organization }, query }) => {
        const operator = await requireOperator(needs, ctx);
        if (!operator) return;
        const opened = await openOrganization(needs, asOperator(ctx), organization);
        if (opened.instance) return ctx.redirect(consoleOf(opened.instance));
        const values = { region: 'us-east-1', alias: '' };
        showEnable(needs, ctx, operator, opened.organization, { values, done: doneText(DONE, query.done) });
      }),
    );

    router.post(
      enablePath(':organization'),
      withCheckedInput({ params, form: enableForm }, async (ctx, { params: { organization }, form }) => {
        const operator = await requireOperator(needs, ctx);
        if (!operator) return;
        const { csrf, ...values } = form;
        checkForm(needs, ctx, csrf);
        const opened = await openOrganization(needs, asOperator(ctx), organization);
        const shown = { values, done: undefined };
        const input = readInput(newInstanceSchema, placeOf(values));
        if (!input.success) {
          const faults = faultsOfInput(input.error);
          return showEnable(needs, ctx, operator, opened.organization, { ...shown, faults });
        }
        try {
          const instance = await enableInstance(needs, opened, input.data);
          seeOther(ctx, `${consoleOf(instance)}/settings?done=enabled`);
        } catch (error) {
          const faults = faultsOf(error, Object.keys(values));
          showEnable(needs, ctx, operator, opened.organization, { ...shown, faults });
        }
      }),
    );

    router.get(CREATE_PATH, async (ctx) => {
      const operator = await requireOperator(needs, ctx);
      if (operator)
        showCreate(needs, ctx, operator, {
          values: { name: '', managementAccountId: '', region: 'us-east-1', alias: '' },
        });
    });

    router.post(
      CREATE_PATH,
      withCheckedInput({ form: createForm }, async (ctx, { form: { csrf, ...values } }) => {
        const operator = await requireOperator(needs, ctx);
        if (!operator) return;
        checkForm(needs, ctx, csrf);
        const { name, managementAccountId } = values;
        const input = readInput(organizationInputSchema, { name, managementAccountId, ...placeOf(values) });
        if (!input.success) {
          return showCreate(needs, ctx, operator, { values, faults: faultsOfInput(input.error) });
        }
        try {
          const instance = await makeOrganization(needs, asOperator(ctx), input.data);
          seeOther(ctx, `${consoleOf(instance)}/settings?done=created`);
        } catch (error) {
          showCreate(needs, ctx, operator, { values, faults: faultsOf(error, Object.keys(values)) });
        }
      }),
    );
  };
}

const asOperator = (ctx: Ctx) => ({
  ...callerOf(ctx),
  actor: { type: 'operator', name: 'console' } as const,
});

const consoleOf = ({ alias, directoryId }: Instance): string => `/${alias ?? directoryId}/console`;

/** No alias when none was typed. */
const placeOf = ({ region, alias }: PlaceValues) => ({
  region: region.trim(),
  ...(alias.trim() !== '' && { alias: alias.trim() }),
});

interface Shown<Values> {
  readonly values: Values;
  readonly faults?: FormFaults | undefined;
  readonly done?: string | undefined;
}

function showEnable(
  needs: OperatorNeeds,
  ctx: Ctx,
  operator: Operator,
  { id, name }: Organization,
  { values, faults, done }: Shown<PlaceValues>,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, undefined, (page) => (
    <EnablePage
      {...{ page, name, values, done, frame: operatorFrame(ctx, operator, id) }}
      action={enablePath(id)}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}

function showCreate(
  needs: OperatorNeeds,
  ctx: Ctx,
  operator: Operator,
  { values, faults }: Shown<PlaceValues & { name: string; managementAccountId: string }>,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, undefined, (page) => (
    <CreateOrganizationPage
      {...{ page, values, frame: operatorFrame(ctx, operator), action: CREATE_PATH }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}
