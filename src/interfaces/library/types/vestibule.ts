/// <reference lib="esnext.disposable" preserve="true" />
import type { OrganizationSource } from './content.ts';
import type { Organization } from './handles.ts';

/** How a server is started. Without any option: in memory, on a free port of both loopback addresses, empty, silent. */
export interface VestibuleOptions {
  /** Default: any free one. A service provider that is configured once needs one that stays. */
  readonly port?: number;
  /** Where browsers find the server: an address without a path. Default: `http://localhost:<port>`. */
  readonly publicUrl?: string;
  /** What the default organization holds. Absent: nothing, or what the database holds already. */
  readonly organization?: OrganizationSource;
  /** Where the time comes from, in milliseconds since 1970. Default: the machine’s clock. */
  readonly clock?: { now(): number };
  /** A folder that keeps everything (SQLite). Default: nothing is kept. */
  readonly data?: string;
  /** `postgres://…` instead of a folder; needs `secret`. */
  readonly databaseUrl?: string;
  /** Seals private keys in the database: at least 16 characters. Default: made, and kept in `data`. */
  readonly secret?: string;
  /**
   * Folder that keeps the keys of servers in memory, so that the next run has the same certificates; `false`: new keys each
   * time. Default: `node_modules/.cache/vestibule/keys` of the project, or else a folder of this user in the system’s
   * folder for temporary files.
   */
  readonly certs?: string | false;
  /** The token of the control API. Default: made. */
  readonly apiToken?: string;
  /** The mail server that mail goes out to: `smtp://user:password@host:port`, or `smtps://`. Default: it stays in the mailbox. */
  readonly smtpUrl?: string;
  /** Who mail is from: an address, or `Name <address>`. Default: `Vestibule <no-reply@…>` with the host of `publicUrl`. */
  readonly mailFrom?: string;
  /** Gets each line of the log, JSON. Default: nothing is logged. */
  readonly log?: (line: string) => void;
  /** Default: `info`. */
  readonly logLevel?: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
}

/** A running server. */
export interface Vestibule {
  /** Its public origin: `http://localhost:49152`. */
  readonly url: string;
  readonly port: number;
  /** For the control API at `<url>/api/v1`. */
  readonly apiToken: string;
  /** The default organization. */
  readonly organization: Organization;
  /**
   * Makes another organization in this server, empty or of what is given: one for each test, say. Organizations see
   * nothing of one another.
   */
  createOrganization(source?: OrganizationSource): Promise<Organization>;
  /** Finishes what is in flight (for a second at most) and closes everything. The second call does nothing. */
  stop(): Promise<void>;
  /** For `await using`: stops the server. */
  [Symbol.asyncDispose](): Promise<void>;
}
