const SSO = 'sso.amazonaws.com';
const DIRECTORY = 'sso-directory.amazonaws.com';
const ORGANIZATIONS = 'organizations.amazonaws.com';

const write = (eventSource: string) => ({ eventSource, readOnly: false }) as const;

/**
 * Every operation, with its name and event source as CloudTrail records them (guide, "AWS SSO information in
 * CloudTrail"). Code can't perform an operation that is missing here.
 */
export const OPERATIONS = {
  CreateOrganization: write(ORGANIZATIONS),
  UpdateOrganization: write(ORGANIZATIONS),
  DeleteOrganization: write(ORGANIZATIONS),
  /** Not in AWS, which can't empty an organization. */
  ResetOrganization: write(ORGANIZATIONS),
  StartSSO: write(SSO),
  /** Not in the guide's lists, which have no name for deleting the configuration; AWS's API had this one later. */
  DeleteInstance: write(SSO),
  /** Settings other than those of second factors. Not in the guide, whose settings have an operation each. */
  UpdateInstance: write(SSO),
  PutMfaDeviceManagementForDirectory: write(SSO),
  CreateAlias: write(DIRECTORY),
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
  /** Not in AWS, which doesn't record the mail that it sends. */
  SendPasswordLink: write(DIRECTORY),
  /** Not in AWS, which doesn't record the devices that users trust. */
  CreateTrustedDevice: write(DIRECTORY),
  /** Not in AWS, which doesn't record the devices that users trust. */
  DeleteTrustedDevice: write(DIRECTORY),
  /** Not in AWS, which keeps no mail. */
  DeleteMail: write(ORGANIZATIONS),
  /** Not in AWS, which keeps no mail. */
  DeleteMailbox: write(ORGANIZATIONS),
  /** Not in AWS, where nobody can see or end the throttling of a user. */
  UnblockUser: write(DIRECTORY),
  BatchDeleteSession: write(DIRECTORY),
  /** Not in AWS SSO, which has no imports from files; named as in Amazon Cognito. */
  StartUserImportJob: write(DIRECTORY),
  /** Not in AWS SSO, which has no imports from files; named as in Amazon Cognito. */
  StopUserImportJob: write(DIRECTORY),
  CreateGroup: write(DIRECTORY),
  UpdateGroup: write(DIRECTORY),
  DeleteGroup: write(DIRECTORY),
  AddMemberToGroup: write(DIRECTORY),
  RemoveMemberFromGroup: write(DIRECTORY),
  CreateApplicationInstance: write(SSO),
  UpdateApplicationInstanceDisplayData: write(SSO),
  UpdateApplicationInstanceStatus: write(SSO),
  UpdateApplicationInstanceServiceProviderConfiguration: write(SSO),
  ImportApplicationInstanceServiceProvider: write(SSO),
  UpdateApplicationInstanceResponseConfiguration: write(SSO),
  UpdateApplicationInstanceResponseSchemaConfiguration: write(SSO),
  UpdateApplicationInstanceSecurityConfiguration: write(SSO),
  DeleteApplicationInstance: write(SSO),
  CreateApplicationInstanceCertificate: write(SSO),
  UpdateApplicationInstanceActiveCertificate: write(SSO),
  DeleteApplicationInstanceCertificate: write(SSO),
  /** Not in AWS, which can't rehearse a new certificate. */
  RehearseApplicationInstanceCertificate: write(SSO),
  /** Not in AWS, which can't rehearse a new certificate. */
  EndApplicationInstanceCertificateRehearsal: write(SSO),
  /** Not in AWS, whose console asks the policies of IAM. */
  PutConsoleAccess: write(SSO),
  /** Not in AWS, whose console asks the policies of IAM. */
  DeleteConsoleAccess: write(SSO),
  CreateProfile: write(SSO),
  DeleteProfile: write(SSO),
  AssociateProfile: write(SSO),
  DisassociateProfile: write(SSO),
  /** Not in AWS, which keeps no SAML exchanges. */
  DeleteApplicationInstanceExchanges: write(SSO),
} as const;

export type Operation = keyof typeof OPERATIONS;

/**
 * The action that the actor of an operation must be allowed, named as AWS names it:
 * `sso-directory:CreateUser`.
 */
export function actionOf(operation: Operation): string {
  return `${OPERATIONS[operation].eventSource.replace('.amazonaws.com', '')}:${operation}`;
}
