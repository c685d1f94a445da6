import { setLogo } from '../../../domain/organizations/branding/logo-commands.ts';
import { findLogoOctets } from '../../../domain/organizations/branding/logo-store.ts';
import { readLogo, type Logo as StoredLogo } from '../../../domain/organizations/branding/logo.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import type { Logo, Organization } from '../types/handles.ts';
import type { HandleContext } from './context.ts';

export function createLogo({ needs, open }: HandleContext): Organization['logo'] {
  return {
    get: async () => {
      const { instance } = await open();
      const { logo } = instance;
      const octets = logo && (await findLogoOctets(needs.db.read, instance.id, logo.sha256));
      return octets ? present({ ...logo, octets }) : undefined;
    },
    set: async (given: unknown) => {
      if (!(given instanceof Uint8Array)) {
        throw invalid('', 'Give the octets of a PNG or JPEG, such as `await readFile(path)`.');
      }
      const read = readLogo(Buffer.from(given));
      if (!read.ok) throw invalid('', `The logo ${read.reason}.`);
      const { instance, run } = await open();
      await run((work) => setLogo(work, instance, read.logo));
      return present(read.logo);
    },
    remove: async () => {
      const { instance, run } = await open();
      if (instance.logo) await run((work) => setLogo(work, instance, null));
    },
  };
}

function present({ type, width, height, sha256, octets }: StoredLogo): Logo {
  return { type, width, height, sha256, octets: new Uint8Array(octets) };
}
