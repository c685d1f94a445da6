/** The versions of Node.js that the built server is tested on, oldest first. */
export const nodeVersions: readonly string[];
/** The path of one version's program; undefined when it isn't installed. */
export function nodeProgram(version: string): string | undefined;
