import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../audit/operations.ts';
import { givenFields } from '../organizations/change.ts';
import type { RelyingParty } from '../../protocols/saml/types.ts';
import type { ApplicationSettings } from './application.ts';

/** The fields of an application that can be changed; absent ones stay unchanged. */
export interface ApplicationChange {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly relyingParty?: RelyingParty | undefined;
  readonly settings?: ApplicationSettings | undefined;
  /** Whether `relyingParty` was read from metadata, which is an operation of its own. */
  readonly isImported?: boolean | undefined;
}

/** A part of a change, and the operation under which AWS records it. */
export interface ChangedPart {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type ApplicationState = Required<{
  [Key in Exclude<keyof ApplicationChange, 'isImported'>]: Exclude<ApplicationChange[Key], undefined>;
}>;

export function applyChange(current: ApplicationState, change: ApplicationChange): ApplicationState {
  return stateOf({ ...current, ...givenFields(change) });
}

/** What an event says about a service provider: less than its metadata. */
export function serviceProviderParameters({ relyingParty, settings }: ApplicationState) {
  return {
    audience: relyingParty.entityId,
    consumers: relyingParty.assertionConsumerServices.map(({ url }) => url),
    requireRequestSignature: relyingParty.authnRequestsSigned,
    startUrl: settings.startUrl,
    ...(settings.template && { template: settings.template.name }),
  };
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
    serviceProviderParameters,
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

/** The operations that change an application itself, and so its version. */
export const APPLICATION_CHANGES: readonly Operation[] = [
  ...PARTS.map(([operation]) => operation),
  'ImportApplicationInstanceServiceProvider',
];

/**
 * The operations that lead from one state to another; none when the states are equal. A service provider that was read
 * from metadata (`isImported`) is recorded as AWS does.
 */
export function changedParts(
  before: ApplicationState,
  after: ApplicationState,
  isImported = false,
): ChangedPart[] {
  return PARTS.flatMap(([operation, view, parametersOf = view]) =>
    isDeepStrictEqual(view(before), view(after))
      ? []
      : [{ operation: isImported ? whenImported(operation) : operation, parameters: parametersOf(after) }],
  );
}

const whenImported = (operation: Operation): Operation =>
  operation === 'UpdateApplicationInstanceServiceProviderConfiguration'
    ? 'ImportApplicationInstanceServiceProvider'
    : operation;

export function stateOf({
  displayName,
  description,
  enabled,
  relyingParty,
  settings,
}: ApplicationState): ApplicationState {
  return { displayName, description, enabled, relyingParty, settings };
}
