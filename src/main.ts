#!/usr/bin/env node
import { Command } from 'commander';
import { FLAGS } from './config.ts';

const program = new Command('vestibule').description(
  'An identity centre that runs on your machine: a SAML 2.0 identity provider and sign-in portal.',
);

const serve = program
  .command('serve', { isDefault: true })
  .description('start the server')
  .action(async (flags: Record<string, unknown>) => {
    const { serve: run } = await import('./commands/serve.ts');
    process.exitCode = await run(flags);
  });
for (const { flag, help } of FLAGS) serve.option(flag, help);

await program.parseAsync();
