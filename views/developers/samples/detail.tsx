import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Detail } from '../../components/console/detail.tsx';
import { Named } from '../../components/named.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Facts } from '../../components/facts.tsx';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const here = partHref('detail');

/** A record in its states. */
export const detailPart: ShownPart = {
  id: 'detail',
  label: 'Detail',
  use: 'One record: what it is, its state, and its parts as tabs. What destroys it is in the danger zone of the last tab.',
  hasHeading: true,
  states: [
    {
      title: 'A user, with facts to copy and the danger zone',
      shown: (
        <Detail
          back={{ label: 'Users', href: here }}
          kind="User"
          name="ana.souza@example.com"
          status={{ text: 'Enabled', tone: 'good' }}
          actions={
            <a class="btn v-button-quiet" href={here}>
              Edit
            </a>
          }
          tabs={[
            { label: 'Profile', href: here },
            { label: 'Groups', href: `${here}?tab=groups`, count: 3 },
            { label: 'MFA devices', href: `${here}?tab=mfa`, count: 0 },
            { label: 'Active sessions', href: `${here}?tab=sessions` },
          ]}
          currentHref={here}
        >
          <section class="v-panel">
            <Facts
              facts={[
                { label: 'Display name', value: <Named text="Ana Souza" /> },
                { label: 'Nickname', value: <ValueOrNone text="Ana" /> },
                { label: 'Title', value: <ValueOrNone text="" /> },
                { label: 'User id', value: <CopiedValue name="user id" value="9067a1b2c3-0d4e5f60" /> },
                {
                  label: 'ARN',
                  value: (
                    <CopiedValue
                      name="ARN"
                      value="arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6/user/9067a1b2c3-0d4e5f60-7182-93a4"
                    />
                  ),
                },
                { label: 'External id', value: <CopiedValue name="external id" value={null} /> },
              ]}
            />
          </section>
          <DangerZone
            id="danger"
            acts={[
              {
                label: 'Disable user',
                about: 'Ana can no longer sign in, and all sessions end. You can enable the user again.',
                href: here,
              },
              { label: 'Delete user', about: 'The user is gone for good.', href: here },
              {
                label: 'Reset MFA',
                about: 'Only operators may do this: ask who runs this server.',
              },
            ]}
          />
        </Detail>
      ),
    },
  ],
};

/** A record with a name that is hard to show. It is a page of its own, because a page has one first heading. */
export const awkwardDetailPart: ShownPart = {
  id: 'detail-awkward',
  label: 'Detail, awkward',
  use: 'A record whose name is long, has two directions, and looks like markup.',
  hasHeading: true,
  states: [
    {
      title: 'Disabled',
      shown: (
        <Detail
          back={{ label: 'Groups', href: here }}
          kind="Group"
          name={AWKWARD_NAMES.join(' ')}
          status={{ text: 'Disabled', tone: 'danger' }}
          tabs={[]}
          currentHref={here}
        >
          <p>It has only one part, so it has no tabs.</p>
        </Detail>
      ),
    },
  ],
};
