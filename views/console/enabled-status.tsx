import { StatusTag, type StatusTagProps } from '../components/console/status-tag.tsx';

/** Whether a user can sign in, or an application can be used. */
export const enabledStatus = (enabled: boolean): StatusTagProps =>
  enabled ? { text: 'Enabled', tone: 'good' } : { text: 'Disabled', tone: 'warning' };

export const EnabledStatus = ({ enabled }: { enabled: boolean }) => <StatusTag {...enabledStatus(enabled)} />;
