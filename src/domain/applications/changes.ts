import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../audit/operations.ts';
import { givenFields } from '../organizations/change.ts';
import type { RelyingParty } from '../../protocols/saml/types.ts';
import type { Application, ApplicationSettings } from './application.ts';

/** The fields of an application that can be changed; absent ones stay unchanged. */
export interface ApplicationChange {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly relyingParty?: RelyingParty | undefined;
  readonly settings?: ApplicationSettings | undefined;
}

/** A part of a change, and the operation under which AWS records it. */
export interface ChangedPart {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type ApplicationState = Required<{
  [Key in keyof ApplicationChange]: Exclude<ApplicationChange[Key], undefined>;
}>;

export function applyChange(current: ApplicationState, change: ApplicationChange): ApplicationState {
  return { ...current, ...givenFields(change) };
}

type View = (state: ApplicationState) => Readonly<Record<string, unknown>>;

/**
 * Groups of fields, each with its operation (guide, "AWS SSO information in CloudTrail"). The second element
 * selects the fields to compare. The third, if present, selects less for the event: metadata can be large and
 * doesn't belong in a history.
 */
const PARTS: readonly (readonly [Operation, View, View?])[] = [
  [
    'UpdateApplicationInstanceDisplayData',
    ({ displayName, description, settings }) => ({ displayName, description, icon: settings.icon }),
  ],
  ['UpdateApplicationInstanceStatus', ({ enabled }) => ({ status: enabled ? 'ENABLED' : 'DISABLED' })],
  [
    'UpdateApplicationInstanceServiceProviderConfiguration',
    ({ relyingParty, settings }) => ({
      relyingParty,
      startUrl: settings.startUrl,
      sample: settings.sample,
      template: settings.template,
    }),
    ({ relyingParty, settings }) => ({
      audience: relyingParty.entityId,
      consumers: relyingParty.assertionConsumerServices.map(({ url }) => url),
      requireRequestSignature: relyingParty.authnRequestsSigned,
      startUrl: settings.startUrl,
      ...(settings.template && { template: settings.template.name }),
    }),
  ],
  [
    'UpdateApplicationInstanceResponseConfiguration',
    ({ settings }) => ({
      relayState: settings.relayState,
      ttl: settings.sessionDuration,
      notBeforeSkew: settings.notBeforeSkew,
      sessionNotOnOrAfter: settings.sessionNotOnOrAfter,
      authnContextClassRef: settings.authnContextClassRef,
    }),
  ],
  [
    'UpdateApplicationInstanceResponseSchemaConfiguration',
    ({ settings }) => ({
      subject: settings.subject,
      nameIdPolicy: settings.nameIdPolicy,
      properties: settings.attributes,
      groupValues: settings.groupValues,
    }),
  ],
  [
    'UpdateApplicationInstanceSecurityConfiguration',
    ({ settings }) => ({
      signing: settings.signing,
      signedRequests: settings.signedRequests,
      requests: settings.requests,
      metadataCertificates: settings.metadataCertificates,
    }),
  ],
];

/** The operations that lead from one state to another; none when the states are equal. */
export function changedParts(before: ApplicationState, after: ApplicationState): ChangedPart[] {
  return PARTS.flatMap(([operation, view, parametersOf = view]) =>
    isDeepStrictEqual(view(before), view(after)) ? [] : [{ operation, parameters: parametersOf(after) }],
  );
}

export function stateOf({
  displayName,
  description,
  enabled,
  relyingParty,
  settings,
}: Application): ApplicationState {
  return { displayName, description, enabled, relyingParty, settings };
}
