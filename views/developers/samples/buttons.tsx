import { PostButton } from '../../components/console/post-button.tsx';
import { Icon } from '../../components/icon.tsx';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const sent = { action: partHref('buttons'), csrf: 'csrf-token' };

/** Buttons that act at once, in their places. */
export const buttonsPart: ShownPart = {
  id: 'buttons',
  label: 'Post button',
  use: 'Acts at once, without a page that asks. What can’t be undone is a link to such a page instead.',
  states: [
    { title: 'What the page is for', shown: <PostButton {...sent} label="Enable user" isPrimary /> },
    { title: 'Beside a heading', shown: <PostButton {...sent} label="Assign everyone" version={3} /> },
    { title: 'In a notice', shown: <PostButton {...sent} label="Send another invitation" isSmall /> },
    {
      title: 'In a list',
      shown: (
        <ul class="v-list">
          {AWKWARD_NAMES.slice(0, 2).map((browser) => (
            <li key={browser} class="v-list-item">
              <Icon name="device-desktop" class="v-list-icon" />
              <div class="v-list-text">
                <p>{browser}</p>
              </div>
              <PostButton {...sent} label="End" of={`the session of ${browser}`} isInList />
            </li>
          ))}
        </ul>
      ),
    },
  ],
};
