/** An event, as a CloudTrail record. */
export interface EventRecord {
  readonly eventVersion: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, string>>;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly eventType: 'AwsServiceEvent' | 'AwsApiCall';
  readonly managementEvent: true;
  readonly eventCategory: 'Management';
  readonly recipientAccountId: string;
  readonly serviceEventDetails?: Readonly<Record<string, string>>;
}

/** The state of an identity centre at a glance. */
export interface Dashboard {
  readonly counts: { readonly users: number; readonly groups: number; readonly applications: number };
  readonly signIns: {
    /** The last 14 days in UTC by the organization’s clock, the oldest first. */
    readonly days: readonly {
      readonly day: string;
      readonly signIns: number;
      /** Wrong passwords, codes and keys. */
      readonly failures: number;
    }[];
    /** False when only the newest 50,000 events were counted and there are others. */
    readonly isComplete: boolean;
  };
  /** Active certificates that end within 90 days or have ended, the first to end first. */
  readonly expiringCertificates: readonly {
    readonly id: string;
    readonly applicationId: string;
    /** The application’s name. */
    readonly displayName: string;
    readonly notAfter: string;
    readonly expiry: 'valid' | 'expiring' | 'expired';
  }[];
  /** What to do next, the most urgent first. */
  readonly suggestions: readonly {
    readonly code: string;
    readonly title: string;
    readonly reason: string;
  }[];
  /** The newest events. */
  readonly events: readonly EventRecord[];
}

/** Which events of an organization are listed. */
export interface EventFilter {
  /** Such as `CreateUser`. */
  readonly eventName?: string;
  /** The user name in the event’s `userIdentity`. */
  readonly username?: string;
  /** A part of the event’s name or of the user name. */
  readonly search?: string;
  /** Only events from this time on, by the organization’s clock. */
  readonly startTime?: string | Date;
  /** Only events before this time, by the organization’s clock. */
  readonly endTime?: string | Date;
  /** Only events of what failed, or of what didn’t. */
  readonly failed?: boolean;
  /** Only events in the sign-in with this id. */
  readonly signIn?: string;
}
