import type { ConsoleFrame } from '../instance-layout.tsx';

/** The address of an organization's mailbox in its console; with `search`, of the messages that it finds. */
export function mailboxHref({ homeHref }: Pick<ConsoleFrame, 'homeHref'>, search?: string): string {
  const query = search === undefined ? '' : `?${new URLSearchParams({ q: search }).toString()}`;
  return `${homeHref}/mailbox${query}`;
}

/** The address of one message in the mailbox. */
export const mailHref = (frame: Pick<ConsoleFrame, 'homeHref'>, id: string): string =>
  `${mailboxHref(frame)}/${encodeURIComponent(id)}`;
