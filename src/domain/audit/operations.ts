const SSO = 'sso.amazonaws.com';
const DIRECTORY = 'sso-directory.amazonaws.com';
const ORGANIZATIONS = 'organizations.amazonaws.com';

const write = (eventSource: string) => ({ eventSource, readOnly: false }) as const;

/**
 * Each command: the operation's name and event source as CloudTrail records them (guide, "AWS SSO information in
 * CloudTrail"). A command that isn't in this table can't be written.
 */
export const OPERATIONS = {
  CreateOrganization: write(ORGANIZATIONS),
  UpdateOrganization: write(ORGANIZATIONS),
  DeleteOrganization: write(ORGANIZATIONS),
  /** Ours: AWS has no way back to an empty organization. */
  ResetOrganization: write(ORGANIZATIONS),
  StartSSO: write(SSO),
  UpdateInstance: write(SSO),
  CreateUser: write(DIRECTORY),
  UpdateUser: write(DIRECTORY),
  DeleteUser: write(DIRECTORY),
  EnableUser: write(DIRECTORY),
  DisableUser: write(DIRECTORY),
  UpdatePassword: write(DIRECTORY),
  VerifyEmail: write(DIRECTORY),
  StartVirtualMfaDeviceRegistration: write(DIRECTORY),
  CompleteVirtualMfaDeviceRegistration: write(DIRECTORY),
  StartWebAuthnDeviceRegistration: write(DIRECTORY),
  CompleteWebAuthnDeviceRegistration: write(DIRECTORY),
  UpdateMfaDeviceForUser: write(DIRECTORY),
  DeleteMfaDeviceForUser: write(DIRECTORY),
  /** Ours: AWS records neither the mail that it sends nor the trust that it keeps. */
  SendPasswordLink: write(DIRECTORY),
  CreateTrustedDevice: write(DIRECTORY),
  DeleteTrustedDevice: write(DIRECTORY),
  DeleteMailbox: write(ORGANIZATIONS),
  BatchDeleteSession: write(DIRECTORY),
  CreateGroup: write(DIRECTORY),
  UpdateGroup: write(DIRECTORY),
  DeleteGroup: write(DIRECTORY),
  AddMemberToGroup: write(DIRECTORY),
  RemoveMemberFromGroup: write(DIRECTORY),
  CreateApplicationInstance: write(SSO),
  UpdateApplicationInstanceDisplayData: write(SSO),
  UpdateApplicationInstanceStatus: write(SSO),
  UpdateApplicationInstanceServiceProviderConfiguration: write(SSO),
  UpdateApplicationInstanceResponseConfiguration: write(SSO),
  UpdateApplicationInstanceResponseSchemaConfiguration: write(SSO),
  UpdateApplicationInstanceSecurityConfiguration: write(SSO),
  DeleteApplicationInstance: write(SSO),
  CreateApplicationInstanceCertificate: write(SSO),
  UpdateApplicationInstanceActiveCertificate: write(SSO),
  DeleteApplicationInstanceCertificate: write(SSO),
  /** Ours: AWS rehearses nothing. */
  RehearseApplicationInstanceCertificate: write(SSO),
  EndApplicationInstanceCertificateRehearsal: write(SSO),
  AssociateProfile: write(SSO),
  DisassociateProfile: write(SSO),
  /** Ours: AWS keeps no conversations. */
  DeleteApplicationInstanceExchanges: write(SSO),
} as const;

export type Operation = keyof typeof OPERATIONS;

/** The action that must be allowed for an operation, named as AWS names it: `sso-directory:CreateUser`. */
export function actionOf(operation: Operation): string {
  return `${OPERATIONS[operation].eventSource.replace('.amazonaws.com', '')}:${operation}`;
}
