import { toIsoSeconds, type Instant } from '../../foundation/platform/clock.ts';
import type { Ids, SignInId, UserId } from '../../foundation/platform/ids.ts';
import type { Actor } from './actor.ts';
import { assumedRoleIdentity } from './assumed-role.ts';
import { OPERATIONS, type Operation } from './operations.ts';

/** Stands in CloudTrail's records in place of a secret (guide, "Understanding AWS SSO log file entries"). */
export const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** The account and region in which an event happened. */
export interface EventPlace {
  managementAccountId: string;
  region: string;
}

/** When an event happened, and the request that caused it. */
export interface EventOrigin {
  at: Instant;
  requestId: string;
  ip: string;
  userAgent: string;
  /** The sign-in in which it happened, if any. */
  signInId?: SignInId | undefined;
}

export type Outcome = 'Success' | 'Failure';
export type CredentialType = 'PASSWORD' | 'TOTP' | 'WEBAUTHN' | 'EXTERNAL_IDP' | 'RESYNC_TOTP' | 'EMAIL_OTP';

interface SignInFacts {
  /** The SignIn's id. */
  authWorkflowId: string;
  /** As the directory spells it. Masked when no such user exists: people type passwords into the wrong field. */
  userName: string;
}

/**
 * Everything that is recorded: sign-ins (guide, "Understanding AWS SSO sign-in events"), sessions of the portal,
 * federation and commands.
 */
export type AuditEvent = {
  /** The event's id, if something that belongs to it had to name it first. */
  id?: string | undefined;
} & (
  | (SignInFacts & { name: 'CredentialChallenge'; credentialType: CredentialType; outcome: Outcome })
  | (SignInFacts & { name: 'CredentialVerification'; credentialType: CredentialType; outcome: Outcome })
  | (SignInFacts & {
      name: 'UserAuthentication';
      credentialTypes: readonly CredentialType[];
      loginTo: string;
      deviceEnrollmentRequired: boolean;
      outcome: Outcome;
    })
  | {
      name: 'Federate';
      user: { id: UserId; userName: string; directoryId: string } | null;
      /** Ids and names, never the SAML message itself. */
      details: Record<string, string>;
      failure?: EventFailure;
    }
  | {
      /** The two ends of a session of the portal. */
      name: 'Authenticate' | 'Logout';
      user: { id: UserId; userName: string; directoryId: string };
      details: Record<string, string>;
    }
  | {
      name: 'Command';
      operation: Operation;
      actor: Actor;
      requestParameters: Record<string, unknown> | null;
      responseElements: Record<string, unknown> | null;
      failure?: EventFailure;
    }
);

/** The names of all events, in the order of the alphabet. */
export const EVENT_NAMES: readonly string[] = [
  ...Object.keys(OPERATIONS),
  ...(['CredentialChallenge', 'CredentialVerification', 'UserAuthentication'] satisfies AuditEvent['name'][]),
  ...(['Authenticate', 'Federate', 'Logout'] satisfies AuditEvent['name'][]),
].sort();

export interface EventFailure {
  code: string;
  message: string;
}

/** A CloudTrail record. Its keys are in the order of the guide's examples. */
export interface EventRecord {
  eventVersion: string;
  userIdentity: Record<string, unknown>;
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
  additionalEventData?: Record<string, string>;
  requestID: string;
  eventID: string;
  readOnly: boolean;
  eventType: 'AwsServiceEvent' | 'AwsApiCall';
  managementEvent: true;
  eventCategory: 'Management';
  recipientAccountId: string;
  serviceEventDetails?: Record<string, string>;
}

interface Particulars {
  userIdentity: Record<string, unknown>;
  eventSource: string;
  eventName: string;
  readOnly: boolean;
  eventType: EventRecord['eventType'];
  failure?: EventFailure | undefined;
  requestParameters?: Record<string, unknown> | null;
  responseElements?: Record<string, unknown> | null;
  additionalEventData?: Record<string, string>;
  serviceEventDetails?: Record<string, string>;
}

/** Turns an event into a CloudTrail record. */
export function toRecord(ids: Ids, event: AuditEvent, origin: EventOrigin, place: EventPlace): EventRecord {
  const it = particulars(event, place);
  return {
    eventVersion: '1.08',
    userIdentity: it.userIdentity,
    eventTime: toIsoSeconds(origin.at),
    eventSource: it.eventSource,
    eventName: it.eventName,
    awsRegion: place.region,
    sourceIPAddress: origin.ip,
    userAgent: origin.userAgent,
    ...(it.failure && { errorCode: it.failure.code, errorMessage: it.failure.message }),
    requestParameters: it.requestParameters ?? null,
    responseElements: it.responseElements ?? null,
    ...(it.additionalEventData && { additionalEventData: it.additionalEventData }),
    requestID: origin.requestId,
    eventID: event.id ?? ids.uuid(),
    readOnly: it.readOnly,
    eventType: it.eventType,
    managementEvent: true,
    eventCategory: 'Management',
    recipientAccountId: place.managementAccountId,
    ...(it.serviceEventDetails && { serviceEventDetails: it.serviceEventDetails }),
  };
}

function particulars(event: AuditEvent, place: EventPlace): Particulars {
  switch (event.name) {
    case 'CredentialChallenge':
    case 'CredentialVerification':
      return signInParticulars(event, place, { CredentialType: event.credentialType });
    case 'UserAuthentication':
      return signInParticulars(event, place, {
        LoginTo: event.loginTo,
        CredentialType: event.credentialTypes.join(','),
        ...(event.deviceEnrollmentRequired && { DeviceEnrollmentRequired: 'true' }),
      });
    case 'Federate':
    case 'Authenticate':
    case 'Logout':
      return {
        userIdentity: portalIdentity(event.user, place),
        eventSource: 'sso.amazonaws.com',
        eventName: event.name,
        readOnly: false,
        eventType: 'AwsServiceEvent',
        failure: event.name === 'Federate' ? event.failure : undefined,
        serviceEventDetails: event.details,
      };
    case 'Command':
      return {
        userIdentity: actorIdentity(event.actor, place),
        eventSource: OPERATIONS[event.operation].eventSource,
        eventName: event.operation,
        readOnly: OPERATIONS[event.operation].readOnly,
        eventType: 'AwsApiCall',
        failure: event.failure,
        requestParameters: event.requestParameters,
        responseElements: event.responseElements,
      };
  }
}

type SignInEvent = Extract<AuditEvent, SignInFacts>;

function signInParticulars(event: SignInEvent, place: EventPlace, data: Record<string, string>): Particulars {
  return {
    userIdentity: {
      type: 'Unknown',
      principalId: place.managementAccountId,
      arn: '',
      accountId: place.managementAccountId,
      accessKeyId: '',
      userName: event.userName,
    },
    eventSource: 'signin.amazonaws.com',
    eventName: event.name,
    readOnly: false,
    eventType: 'AwsServiceEvent',
    additionalEventData: { AuthWorkflowID: event.authWorkflowId, ...data },
    serviceEventDetails: { [event.name]: event.outcome },
  };
}

function portalIdentity(
  user: { id: UserId; userName: string; directoryId: string } | null,
  place: EventPlace,
): Record<string, unknown> {
  return {
    type: 'Unknown',
    principalId: user ? `${user.directoryId}//${user.id}` : place.managementAccountId,
    accountId: place.managementAccountId,
    userName: user ? user.userName : '',
  };
}

function actorIdentity(actor: Actor, place: EventPlace): Record<string, unknown> {
  switch (actor.type) {
    case 'user': {
      const { userId: id, userName, directoryId } = actor;
      return portalIdentity({ id, userName, directoryId }, place);
    }
    case 'administrator':
      return assumedRoleIdentity(actor, place.region);
    case 'operator':
      return {
        type: 'IAMUser',
        principalId: place.managementAccountId,
        arn: `arn:aws:iam::${place.managementAccountId}:user/${actor.name}`,
        accountId: place.managementAccountId,
        accessKeyId: '',
        userName: actor.name,
      };
  }
}
