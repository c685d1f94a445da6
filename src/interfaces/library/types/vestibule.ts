/// <reference lib="esnext.disposable" preserve="true" />
import type { Classrooms } from './classrooms.ts';
import type { OrganizationSource } from './content.ts';
import type { Organization } from './handles.ts';

/**
 * The options of a server. Without any, it runs in memory, on a free port of both loopback addresses, with an
 * empty organization, and logs nothing.
 */
export interface VestibuleOptions {
  /**
   * The port to listen on. Default: any free one. Choose one if a service provider keeps its configuration
   * between runs.
   */
  readonly port?: number;
  /** The address that browsers use, without a path. Default: `http://localhost:<port>`. */
  readonly publicUrl?: string;
  /** The source of the default organization. Absent: it is as in the database, or empty. */
  readonly organization?: OrganizationSource;
  /** The source of time, in milliseconds since 1970. Default: the machine’s clock. */
  readonly clock?: { now(): number };
  /** The folder that stores everything (SQLite). Default: everything is in memory. */
  readonly data?: string;
  /** A PostgreSQL database in place of a folder: `postgres://…`. Needs `secret`. */
  readonly databaseUrl?: string;
  /** Encrypts private keys in the database. At least 16 characters. Default: generated, and stored in `data`. */
  readonly secret?: string;
  /**
   * The folder that keeps the keys of in-memory servers, so that the next run has the same certificates;
   * `false`: new keys each time. Default: `node_modules/.cache/vestibule/keys` of the project, or otherwise a
   * folder of this user in the system’s temporary folder.
   */
  readonly certs?: string | false;
  /** The token of the control API: 16 to 256 letters, digits and `-._~+/`. Default: generated. */
  readonly apiToken?: string;
  /** The mail server: `smtp://user:password@host:port`, or `smtps://…`. Default: mail stays in the mailbox. */
  readonly smtpUrl?: string;
  /**
   * The sender of mail: an address, or `Name <address>`. Default: `Vestibule <no-reply@…>` with the host of
   * `publicUrl`.
   */
  readonly mailFrom?: string;
  /** Receives each line of the log, as JSON. Default: nothing is logged. */
  readonly log?: (line: string) => void;
  /** How much is logged. Default: `info`. */
  readonly logLevel?: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
}

/** A running server. */
export interface Vestibule {
  /** The server’s public origin, such as `http://localhost:49152`. */
  readonly url: string;
  readonly port: number;
  /** The token of the control API, which is at `<url>/api/v1`. */
  readonly apiToken: string;
  /** The default organization. */
  readonly organization: Organization;
  /**
   * Creates another organization on this server, from a source or empty; for example, one for each test.
   * Organizations are isolated from one another.
   */
  createOrganization(source?: OrganizationSource): Promise<Organization>;
  /** Classes of students, each with an organization of their own. */
  readonly classrooms: Classrooms;
  /**
   * Stops the server: waits up to a second for requests in flight, then closes everything. A second call has
   * no effect.
   */
  stop(): Promise<void>;
  /** For `await using`: stops the server. */
  [Symbol.asyncDispose](): Promise<void>;
}
