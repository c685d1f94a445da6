import type { Command } from 'commander';

/**
 * The error when the command line begins with a flag of a command instead of the command, as in `vestibule --port 9000`.
 * It names the command, or the commands, that have this flag. Undefined: the line begins otherwise.
 */
export function findMisplacedFlag(program: Command, [first = '']: readonly string[]): string | undefined {
  const [flag = ''] = first.split('=', 1);
  const knows = (command: Command) =>
    command.options.some(({ long, short }) => long === flag || short === flag);
  if (!flag.startsWith('-') || flag === '--help' || flag === '-h' || knows(program)) return undefined;
  const owners = program.commands.filter(knows).map((command) => command.name());
  if (owners.length === 0) return undefined;
  return `${flag} follows its command: ${owners.map((name) => `vestibule ${name} ${flag}`).join(', or ')}`;
}
