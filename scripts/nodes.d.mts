/** The versions of Node.js that the built server is tested on, oldest first. */
export const nodeVersions: readonly string[];
/** Older versions, on which the server must refuse to start. */
export const oldNodeVersions: readonly string[];
/** The path of one version's program; undefined when it isn't installed. */
export function nodeProgram(version: string): string | undefined;
