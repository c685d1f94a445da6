#!/usr/bin/env node
import { Command } from 'commander';
import type { AddApplicationFlags } from './cli/add-application.ts';
import type { ClassroomFlags } from './cli/classroom.ts';
import type { ApplyFlags } from './cli/apply.ts';
import type { ExportFlags } from './cli/export.ts';
import type { ServeFlags } from './cli/serve.ts';
import { packageVersion } from './foundation/platform/package-files.ts';
import { findMisplacedFlag } from './cli/misplaced-flag.ts';
import { DATABASE_FLAGS, FLAGS } from './config.ts';

const program = new Command('vestibule')
  .description(
    'An identity centre that runs on your machine: a SAML 2.0 identity provider and sign-in portal.',
  )
  .version(packageVersion(), '-v, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command');

const serve = program
  .command('serve')
  .description('start the server')
  .action(async (flags: ServeFlags) => {
    const { serve: run } = await import('./cli/serve.ts');
    process.exitCode = await run(flags);
  });
for (const { flag, help } of FLAGS) serve.option(flag, help);
serve.option('--open', 'open the portal in a browser');

const ORGANIZATION = ['--organization <reference>', 'an organization’s id', 'default'] as const;

const apply = program
  .command('apply')
  .description('create or change an organization as a file declares, whether or not a server is running')
  .argument('<file>', 'the organization file')
  .option(...ORGANIZATION)
  .option('--prune', 'also remove what the file does not declare')
  .option('--reset-passwords', 'also set the passwords of existing users')
  .option('--dry-run', 'print what would be done, and change nothing')
  .action(async (file: string, flags: ApplyFlags) => {
    const { apply: run } = await import('./cli/apply.ts');
    process.exitCode = await run(file, flags);
  });

const exportCommand = program
  .command('export')
  .description('write an organization to a file')
  .argument('[file]', 'the file to write; - for standard output', '-')
  .option(...ORGANIZATION)
  .option('--secrets', 'include password hashes and private keys, to move to another machine')
  .option('--force', 'replace an existing file')
  .action(async (file: string, flags: ExportFlags) => {
    const { exportTo } = await import('./cli/export.ts');
    process.exitCode = await exportTo(file, flags);
  });

const token = program
  .command('token')
  .description('replace the API token and print the new one, whether or not a server is running')
  .action(async (flags: Record<string, unknown>) => {
    const { replaceToken } = await import('./cli/token.ts');
    process.exitCode = await replaceToken(flags);
  });

const consoleLink = program
  .command('console-link')
  .description('print a link that opens the console once, whether or not a server is running')
  .action(async (flags: Record<string, unknown>) => {
    const { printConsoleLink } = await import('./cli/console-link.ts');
    process.exitCode = await printConsoleLink(flags);
  });

for (const command of [apply, exportCommand, token, consoleLink]) {
  for (const { flag, help } of DATABASE_FLAGS) command.option(flag, help);
}
const publicUrl = FLAGS.find(({ name }) => name === 'publicUrl');
if (publicUrl) {
  const help = `${publicUrl.help}; default: the last server’s`;
  for (const command of [apply, consoleLink]) command.option(publicUrl.flag, help);
}

program
  .command('check')
  .description('report all faults of organization files; needs no database')
  .argument('[files...]', 'organization files')
  .option('--schema', 'print the JSON Schema of organization files, for editors')
  .action(async (files: string[], flags: { schema?: boolean }) => {
    const { check } = await import('./cli/check.ts');
    process.exitCode = await check(files, flags);
  });

program
  .command('add-application')
  .description(
    'add an application to a running server from its metadata, and print what the service provider needs',
  )
  .option(
    '--metadata <source>',
    'the service provider’s metadata (required): a file, or an http or https address',
  )
  .option('--entity-id <id>', 'which service provider, if the metadata describes several')
  .option('--assign <user...>', 'names of users who may use it')
  .option('--group <group...>', 'names of groups whose members may use it')
  .option('--everyone', 'all users may use it')
  .option('--name <name>', 'its name in the portal (default: the one in the metadata, or the host)')
  .option('--key <key>', 'its key (default: derived from the name)')
  .option('--url <url>', 'the server’s address (default: VESTIBULE_PUBLIC_URL, or http://localhost:8080)')
  .option(...ORGANIZATION)
  .addHelpText('after', '\nThe API token is read from the variable VESTIBULE_API_TOKEN.')
  .action(async (flags: AddApplicationFlags) => {
    const { addApplication } = await import('./cli/add-application.ts');
    process.exitCode = await addApplication(flags);
  });

program
  .command('classroom')
  .description('give each student of a list an organization at a running server, and print a card for each')
  .argument('<students>', 'a file with a name on each line, or CSV with name and email')
  .option('--from <file>', 'the organization file of which each gets a copy (default: the demo’s)')
  .option('--name <name>', 'the name of the class (default: that of the file)')
  .option('--json', 'print the cards as JSON; default: CSV')
  .option('--url <url>', 'the server’s address (default: VESTIBULE_PUBLIC_URL, or http://localhost:8080)')
  .addHelpText(
    'after',
    '\nThe API token is read from the variable VESTIBULE_API_TOKEN. The passwords are printed once.',
  )
  .action(async (students: string, flags: ClassroomFlags) => {
    const { makeClassroom } = await import('./cli/classroom.ts');
    process.exitCode = await makeClassroom(students, flags);
  });

const given = process.argv.slice(2);
if (given.length === 0) program.help();
const misplaced = findMisplacedFlag(program, given);
if (misplaced !== undefined) program.error(`error: ${misplaced}`);
await program.parseAsync();
