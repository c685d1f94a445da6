import { z } from 'zod';
import {
  changePassword,
  inviteAgain,
  newPasswordSchema,
  passwordResetSchema,
  resetPassword,
} from '../../../../administration/operations/passwords.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { findUserOr404, userParams } from '../directory/users.ts';

const PASSWORD = '/organizations/:organization/users/:user/password';

const mailId = z.string().describe('The id of the message in the mailbox.');

/** The operations on users' passwords (guide, "Reset a user password"). */
export function passwordRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'setPassword',
      method: 'PUT',
      path: PASSWORD,
      summary: 'Sets a user’s password.',
      params: userParams,
      json: z.strictObject({ password: newPasswordSchema }),
      example: { password: 'Another-2026!' },
      status: 204,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const user = await findUserOr404(db.read, opened.instance, params.user);
        await changePassword(opened, user, json.password);
      },
    }),
    route({
      id: 'resetPassword',
      method: 'POST',
      path: PASSWORD,
      summary: 'Resets a user’s password: by a one-time password, or by a mail with a link.',
      params: userParams,
      json: passwordResetSchema,
      example: { sendLink: true },
      status: 200,
      returns: z.strictObject({
        oneTimePassword: z
          .string()
          .optional()
          .describe('Shown only here; the user must change it at the next sign-in.'),
        mailId: mailId.optional(),
      }),
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const user = await findUserOr404(db.read, opened.instance, params.user);
        return resetPassword(needs, opened, user, json);
      },
    }),
    route({
      id: 'sendInvitation',
      method: 'POST',
      path: '/organizations/:organization/users/:user/invitation',
      summary: 'Mails an invitation to a user without a password. Earlier invitations become invalid.',
      params: userParams,
      status: 200,
      returns: z.strictObject({ mailId }),
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        const user = await findUserOr404(db.read, opened.instance, params.user);
        return { mailId: await inviteAgain(needs, opened, user) };
      },
    }),
  ];
}
