import { Command } from 'commander';
import { serve, type ServeFlags } from './cli/serve.ts';
import { FLAGS } from './config.ts';
import { developersModule } from './server/developers.tsx';

/** `npm run dev`: the server with the pages for developers. It takes the flags of `vestibule serve`. */
const dev = new Command('dev').action(async (flags: ServeFlags) => {
  process.exitCode = await serve(flags, { extraModules: [developersModule] });
});
for (const { flag, help } of FLAGS) dev.option(flag, help);
await dev.parseAsync();
