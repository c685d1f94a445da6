import { z } from 'zod';
import { AddressPage } from '../../../views/address/address.tsx';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import type { Csrf } from '../../foundation/http/csrf.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { setOpenerPolicy } from '../../foundation/http/opener-policy.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { addressControl, type ShowPage } from './pages.ts';
import { readAddress } from '../../foundation/platform/ip-address.ts';
import { addressCookie } from './simulated-address.ts';
import type { Visit, Visits } from './visit.ts';
import { csrfField } from '../../foundation/http/fields.ts';

export interface AddressNeeds {
  csrf: Csrf;
  visits: Visits;
  show: ShowPage;
  /** Whether the public URL is https. */
  https: boolean;
}

const params = z.object({ instance: z.string().max(64) });
const form = z.object({
  csrf: csrfField,
  address: z.string().trim().max(100).default(''),
  // The sign-in to return to. An id, not an address, which could lead to another site.
  signIn: z.uuid({ error: 'This is not a sign-in.' }).optional(),
});

const WRONG =
  'This is not an IPv4 or IPv6 address, such as 203.0.113.7 or 2001:db8::7. Leave the field empty to use your real one.';

/** The form with which a visitor chooses the address from which they appear to come. */
export function addressRoutes({ csrf, visits, show, https }: AddressNeeds): Mount {
  const keep = (ctx: Ctx, visit: Visit, address: string | null) =>
    ctx.cookies.set(addressCookie(visit.instance), address, {
      ...{ httpOnly: true, sameSite: 'lax', secure: https, path: '/', overwrite: true },
    });

  return (router) => {
    router.post(
      '/:instance/address',
      withCheckedInput({ params, form }, async (ctx, { params: { instance }, form: given }) => {
        const visit = await visits.open(ctx, instance);
        const browser = visits.knownBrowser(ctx, visit);
        csrf.check(ctx, browser?.secret, given.csrf);
        if (!visit.instance.settings.signIn.simulatedAddress) {
          throw new AppError('ConflictException', 'The settings don’t let visitors choose an address.');
        }
        const address = given.address === '' ? null : readAddress(given.address);
        if (address === undefined) {
          ctx.status = 400;
          // The sign-in may be in a service provider's popup.
          if (given.signIn !== undefined) setOpenerPolicy(ctx, 'unsafe-none');
          const control = addressControl(visit, given.csrf, given.signIn);
          show(ctx, visit, (page) => (
            <AddressPage page={page} {...control} address={given.address} error={WRONG} />
          ));
          return;
        }
        keep(ctx, visit, address);
        const { reference } = visit;
        seeOther(
          ctx,
          given.signIn === undefined ? `/${reference}/start` : `/${reference}/signin/${given.signIn}`,
        );
      }),
    );
  };
}
