import { resolve } from 'node:path';
import { z } from 'zod';
import { brandingSchema } from '../../../domain/organizations/branding/branding.ts';
import {
  logoBase64Schema,
  MAX_LOGO_BYTES,
  readLogo,
  type Logo,
} from '../../../domain/organizations/branding/logo.ts';
import { settingsSchema } from '../../../domain/organizations/settings.ts';
import { line } from '../../../domain/organizations/text.ts';
import { readRegularOctets } from '../../../foundation/platform/regular-file.ts';
import type { PathFault } from './fault.ts';
import { looseRecord } from './loose.ts';

/*
 * The logo of an organization file: a picture beside it, or the picture's octets. It stands among the settings, and is
 * stored apart from them.
 */

const logoSchema = z
  .strictObject({
    file: line('The logo’s file name', { max: 1024 })
      .optional()
      .describe('A PNG or JPEG of at most 64 KiB, relative to this file.'),
    base64: logoBase64Schema.optional().describe('The same as text. Written by exports.'),
  })
  .refine(({ file, base64 }) => (file === undefined) !== (base64 === undefined), {
    error: 'Give either the file of the logo, or its base64.',
  });

export const fileSettingsSchema = settingsSchema.extend({
  branding: brandingSchema
    .extend({ logo: logoSchema.nullable().optional().describe('Absent: it stays as it is. Null: none.') })
    .prefault({})
    .describe('How the pages look.'),
});

const LOGO_PATH = ['settings', 'branding', 'logo'] as const;

/** Settings as a file gives them, without the logo. */
export function withoutLogo(settings: unknown): Record<string, unknown> {
  const given = looseRecord(settings);
  if (given['branding'] === undefined) return given;
  const { logo: _logo, ...branding } = looseRecord(given['branding']);
  return { ...given, branding };
}

/** The declared logo. Undefined: the file doesn't say, or not correctly; null: there is to be none. */
export interface DeclaredLogo {
  readonly logo?: Logo | null;
  readonly faults: readonly PathFault[];
}

const declaredSchema = logoSchema.nullable().optional();

/**
 * Reads the logo that a file declares. A text without a folder (one that came over the network) may not name files,
 * since its sender could then read files of this machine. What the schema refuses is left to it.
 */
export async function readDeclaredLogo(value: unknown, folder: string | undefined): Promise<DeclaredLogo> {
  const { branding } = looseRecord(looseRecord(value)['settings']);
  const { data } = declaredSchema.safeParse(looseRecord(branding)['logo']);
  if (data === undefined) return { faults: [] };
  if (data === null) return { logo: null, faults: [] };
  if (data.file === undefined) return { logo: data.base64 ?? null, faults: [] };
  const refuse = (message: string): DeclaredLogo => ({ faults: [{ path: [...LOGO_PATH, 'file'], message }] });
  if (folder === undefined) {
    return refuse('Files can’t be named here, since this text has no folder: give the logo as base64.');
  }
  const file = await readRegularOctets(resolve(folder, data.file), MAX_LOGO_BYTES);
  if (!file.ok) return refuse(`The file ${data.file} ${file.message}.`);
  const read = readLogo(file.octets);
  return read.ok ? { logo: read.logo, faults: [] } : refuse(`The file ${data.file} ${read.reason}.`);
}
