/** Where a procedure is in the guide: the heading above its steps, and the page of the PDF. */
export interface GuidePlace {
  readonly heading: string;
  readonly page: number;
}

const place = (heading: string, page: number): GuidePlace => ({ heading, page });

/**
 * The procedures of the guide that a person follows here line by line, with the titles that the guide prints, in its
 * order.
 */
export const GUIDE_PROCEDURES = {
  'To enable AWS SSO': place('Step 1: Enable AWS SSO', 4),
  'To add a user': place('Add users', 15),
  'To add a group': place('Add groups', 16),
  'To add a user as a member of a group': place('Add users to groups', 16),
  'To edit user properties': place('Edit user properties', 17),
  'To disable a user': place('Disable a user', 17),
  'To reset a user password': place('Reset a user password', 17),
  'To disable or enable your application': place('Disable or enable an AWS SSO-integrated application', 70),
  'To add and configure a cloud application': place('Add and configure a cloud application', 74),
  'To add and configure a custom SAML application': place(
    'Add and configure a custom SAML 2.0 application',
    74,
  ),
  'Rotate an AWS SSO certificate': place('Rotate an AWS SSO certificate', 76),
  'To check the current status of a certificate': place('Certificate expiration status indicators', 77),
  'To assign access to users or groups': place('Assign user access', 79),
  'To remove user access from an application': place('Remove user access', 80),
  'To map application attributes to attributes in AWS SSO': place(
    'Map attributes in your application to AWS SSO attributes',
    80,
  ),
  'To activate your account': place('How to accept the invitation to join AWS SSO', 81),
  'To sign in to the user portal': place('How to sign in to the user portal', 82),
  'To sign out of the user portal': place('How to sign out of the user portal', 82),
  'To search for an AWS account or application in the user portal': place(
    'How to search for an AWS account or application',
    83,
  ),
  'To reset your password': place('How to reset your password', 83),
  'To register your device for use with MFA': place(
    'How to register a device for use with multi-factor authentication',
    84,
  ),
  'To customize your URL': place('How to customize the user portal URL', 85),
  'To enable MFA': place('Enable MFA', 88),
  'To configure MFA types for your users': place('Configure MFA types', 90),
  'To configure MFA device enforcement for your users': place('Configure MFA device enforcement', 91),
  'To register an MFA device': place('Register an MFA device', 92),
  'To rename an MFA device': place("Manage a user's MFA device", 93),
  'To delete an MFA device': place("Manage a user's MFA device", 93),
  'To allow users to register their own MFA devices': place(
    'Allow users to register their own MFA devices',
    93,
  ),
  'To disable MFA': place('Disable MFA', 94),
  'To delete your AWS SSO configuration': place('Delete your AWS SSO configuration', 139),
  'Issues regarding contents of SAML assertions': place(
    'Issues regarding contents of SAML assertions created by AWS SSO',
    143,
  ),
} as const satisfies Record<string, GuidePlace>;

export type ProcedureTitle = keyof typeof GUIDE_PROCEDURES;

/** What the guide prints beside those: the steps of a rotation, and a removal that is for emergencies only there. */
const GUIDE_STEPS = {
  'To force-remove an AWS application': place('Remove an AWS SSO-integrated application', 70),
  'Step 1: Generate a new certificate.': place('Rotate an AWS SSO certificate', 76),
  "Step 2: Update the service provider's website.": place('Rotate an AWS SSO certificate', 76),
  'Step 3: Set the new certificate to active.': place('Rotate an AWS SSO certificate', 76),
  'Step 4: Delete the old certificate.': place('Rotate an AWS SSO certificate', 76),
} as const satisfies Record<string, GuidePlace>;

/** Everything that a page of the console can say is done on it. */
export const GUIDE = { ...GUIDE_PROCEDURES, ...GUIDE_STEPS };

export type GuideTitle = keyof typeof GUIDE;
