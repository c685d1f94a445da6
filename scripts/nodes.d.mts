/** The versions of Node.js that the built server is tried on, oldest first. */
export const nodeVersions: readonly string[];
/** The program of one of the versions, or undefined where it isn't installed. */
export function nodeProgram(version: string): string | undefined;
