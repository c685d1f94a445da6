import type { MfaType } from '../../../src/domain/credentials/mfa/device.ts';
import { Named } from '../named.tsx';
import { Icon } from '../icon.tsx';
import { Time, type When } from '../when.tsx';
import { TYPE_WORDS } from './words.ts';

export interface ListedDevice {
  id: string;
  type: MfaType;
  name: string;
  inSync: boolean;
  registered: When;
  lastUsed: When | null;
}

export interface DeviceListProps {
  devices: readonly ListedDevice[];
  /** The address of the list, below which each device has its pages. */
  base: string;
  /** Whether the person who sees it may rename and delete them. */
  mayChange: boolean;
  /** The level of their headings; absent: 2. */
  headingLevel?: 2 | 3;
}

/** The MFA devices of a user, with links to rename and delete each. */
export function DeviceList({ devices, ...common }: DeviceListProps) {
  return (
    <ul class="v-list">
      {devices.map((device) => (
        <Device key={device.id} device={device} {...common} />
      ))}
    </ul>
  );
}

interface DeviceProps extends Omit<DeviceListProps, 'devices'> {
  device: ListedDevice;
}

function Device({ device, base, mayChange, headingLevel = 2 }: DeviceProps) {
  const Heading = `h${headingLevel}` as const;
  const { id, type, name, inSync, registered, lastUsed } = device;
  return (
    <li class="v-list-item">
      <Icon name={TYPE_WORDS[type].icon} class="v-list-icon" />
      <div class="v-list-text">
        <Heading>
          <Named text={name} />
        </Heading>
        <p class="v-soft">
          {TYPE_WORDS[type].name} · registered <Time at={registered} /> ·{' '}
          {lastUsed === null ? (
            'never used'
          ) : (
            <>
              last used <Time at={lastUsed} />
            </>
          )}
        </p>
        {!inSync && (
          <p class="v-list-note">
            <Icon name="alert-triangle" />
            Out of sync: the next sign-in with it asks for two codes in a row.
          </p>
        )}
      </div>
      {mayChange && (
        <div class="v-list-actions">
          <a class="btn btn-sm v-button-quiet" href={`${base}/${id}/rename`}>
            <Icon name="edit" />
            Rename
            <span class="visually-hidden">
              {' '}
              <Named text={name} />
            </span>
          </a>
          <a class="btn btn-sm v-button-quiet" href={`${base}/${id}/delete`}>
            <Icon name="trash" />
            Delete
            <span class="visually-hidden">
              {' '}
              <Named text={name} />
            </span>
          </a>
        </div>
      )}
    </li>
  );
}
