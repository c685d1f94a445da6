import { ClockBanner } from '../../components/clock-banner.tsx';
import { ApiCalls } from '../../components/console/api-calls.tsx';
import { Banner } from '../../components/console/banner.tsx';
import { GuideNote, GuideNotes } from '../../components/console/guide-note.tsx';
import { Named } from '../../components/named.tsx';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const here = partHref('notices');

/** Banners and notes. */
export const noticesPart: ShownPart = {
  id: 'notices',
  label: 'Notices',
  use: 'A banner says one thing above a page. A note leads from a page to the procedure of the guide.',
  states: [
    {
      title: 'Done, after the redirect',
      shown: (
        <Banner tone="success" link={{ label: 'Add another', href: here }}>
          The user <Named text={AWKWARD_NAMES[1]} /> was added.
        </Banner>
      ),
    },
    {
      title: 'Success that can be undone',
      shown: (
        <Banner tone="success" undo={{ label: 'Undo', action: here, csrf: 'csrf-token' }}>
          The user was disabled.
        </Banner>
      ),
    },
    {
      title: 'Warning',
      shown: (
        <Banner tone="warning" link={{ label: 'Rotate it', href: here }}>
          A certificate ends in 12 days.
        </Banner>
      ),
    },
    {
      title: 'Something to know',
      shown: <Banner tone="info">You may look at these settings. Operators change them.</Banner>,
    },
    {
      title: 'Clock of the organization',
      shown: <ClockBanner now="Tue, 5 May 2026 14:00:00 GMT" offsetText="9 hours ahead" />,
    },
    {
      title: 'In the guide, same steps',
      shown: <GuideNote procedure="To disable a user" />,
    },
    {
      title: 'In the guide, with differences',
      shown: (
        <GuideNote
          procedure="To add a user"
          differs={
            <ul>
              <li>Mail is kept in the mailbox of the organization.</li>
            </ul>
          }
        />
      ),
    },
    { title: 'In the guide, nothing', shown: <GuideNotes notes={[]} /> },
    {
      title: 'By the API',
      shown: (
        <ApiCalls
          calls={['createGroup', 'addMember', 'previewAttributeMappings'].map((id) => ({
            ...{ id, href: `/api/${id}?organization=o-8c2f5a10be` },
          }))}
        />
      ),
    },
  ],
};
