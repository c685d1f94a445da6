import { MailSettingsPage } from '../../../../views/console/settings/mail.tsx';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';

const MIB = 1024 * 1024;

/** How mail is sent and kept. */
export function mailSettingsRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/console/settings/mail',
      consolePage(needs, {}, (ctx, { visit, frame, instance: { settings } }) => {
        const { mails: kept, mailBytes } = settings.retention;
        const keptSize = `${(mailBytes / MIB).toLocaleString('en', { maximumFractionDigits: 1 })} MiB`;
        needs.show(ctx, visit, (page) => (
          <MailSettingsPage {...{ page, frame, kept, keptSize, isSent: needs.sendsMail }} />
        ));
      }),
    );
  };
}
