/** Whether a user can sign in. */
export function UserStatus({ enabled }: { enabled: boolean }) {
  const { text, tone } = userStatus(enabled);
  return <span class={`v-status-tag v-status-${tone}`}>{text}</span>;
}

export const userStatus = (enabled: boolean) =>
  enabled ? ({ text: 'Enabled', tone: 'good' } as const) : ({ text: 'Disabled', tone: 'warning' } as const);
