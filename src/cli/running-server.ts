import { readConfig } from '../config.ts';
import { StartError } from '../server/start-error.ts';
import { commandName } from './command-name.ts';
import { controlClient, type ControlClient } from './control-client.ts';

/** A client of a running server: of the one of `--url`, otherwise the one that its own variables describe. */
export function clientOf({ url }: { readonly url?: string | undefined }): ControlClient {
  const read = readConfig(url === undefined ? {} : { publicUrl: url });
  if (!read.ok) {
    const faults = read.faults.map((fault) => `  ${fault.replace(/^--public-url/, '--url')}`);
    throw new StartError(`The settings are wrong:\n${faults.join('\n')}`);
  }
  const { apiToken: token, publicUrl, port } = read.config;
  const command = commandName();
  if (token === undefined)
    throw new StartError(
      `Put the API token into the variable VESTIBULE_API_TOKEN. The server printed it at its first start; “${command} token” makes another.`,
    );
  return controlClient(publicUrl?.origin ?? `http://localhost:${port}`, { token, command });
}
