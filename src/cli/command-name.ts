import { basename, relative, sep } from 'node:path';

/**
 * How the user calls this command, for sentences that tell what to run next: `vestibule`, `npx vestibule` where a project
 * has installed it, or `node dist/main.js` in a clone. `script` is `process.argv[1]`.
 */
export function commandName(script = process.argv[1] ?? '', folder = process.cwd()): string {
  if (script.split(sep).includes('.bin')) return 'npx vestibule';
  if (basename(script) !== 'main.js') return 'vestibule';
  const nearby = relative(folder, script);
  return `node ${nearby.startsWith('..') ? script : nearby}`;
}
