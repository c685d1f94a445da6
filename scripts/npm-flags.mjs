/**
 * Flags of `vestibule serve` after `npm start` without `--` between them. npm takes such flags for its own settings: it puts
 * them into the environment, and passes on only the words that it takes for no value. `npm start --port 9000` becomes
 * npm_config_port=true and the word 9000; `npm start --port=9000` becomes npm_config_port=9000.
 */
export const valued = [
  'port',
  'host',
  'public-url',
  'hsts',
  'data',
  'database-url',
  'durability',
  'org',
  'certs',
  'smtp-url',
  'mail-from',
  'log-level',
];
export const switches = ['memory', 'open', 'trust-proxy'];

/**
 * The arguments that the user meant, as `{args}`. When npm has lost which value belongs to which flag: a `{fault}` that says
 * what to write. `args` are the arguments that npm passed on, `env` is the environment.
 */
export function argumentsMeant(args, env) {
  const taken = (name) => env[`npm_config_${name.replaceAll('-', '_')}`];
  const isGiven = (name) => args.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const kept = (name) => Boolean(taken(name)) && !isGiven(name);
  const flags = switches.filter((name) => kept(name) && taken(name) === 'true').map((name) => `--${name}`);
  const withValue = valued.filter((name) => kept(name) && taken(name) !== 'true');
  flags.push(...withValue.map((name) => `--${name}=${taken(name)}`));
  const withoutValue = valued.filter((name) => kept(name) && taken(name) === 'true');
  if (withoutValue.length === 0) return { args: [...flags, ...args] };

  const [first, ...rest] = args;
  const onlyValue = first !== undefined && !first.startsWith('-') && (rest[0]?.startsWith('-') ?? true);
  if (withoutValue.length === 1 && onlyValue)
    return { args: [...flags, `--${withoutValue[0]}=${first}`, ...rest] };
  return { fault: `npm took the flags for its own. Write -- before them: ${exampleOf(flags, withoutValue)}` };
}

const exampleOf = (flags, names) =>
  ['npm start --', ...flags, ...names.map((name) => `--${name} …`)].join(' ');
