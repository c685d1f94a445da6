import { readFile, readdir } from 'node:fs/promises';
import { z } from 'zod';
import { defaultKey } from '../application-input.ts';
import type { CatalogueTemplate } from './template.ts';

/** An application that can be chosen (guide, "Supported applications"). */
export interface CatalogueEntry {
  readonly name: string;
  /** The name as addresses have it. */
  readonly slug: string;
  /** What its vendor says of it; undefined for those that are configured as a custom application is. */
  readonly template: CatalogueTemplate | undefined;
}

/** All of them, in the guide's order. */
export type Catalogue = readonly CatalogueEntry[];

/** In the sources beside this module, in a build beside the bundle. */
const DATA = new URL('./catalogue-data/', import.meta.url);

let loading: Promise<Catalogue> | undefined;

/** The catalogue, read when it is first asked for: a server that nobody asks keeps nothing of it in memory. */
export function loadCatalogue(): Promise<Catalogue> {
  loading ??= read().catch((error: unknown) => {
    loading = undefined; // A file that couldn't be read now may be there later.
    throw error;
  });
  return loading;
}

async function read(): Promise<Catalogue> {
  const [{ parse }, { templateSchema }] = await Promise.all([import('yaml'), import('./template.ts')]);
  const load = async (path: string): Promise<unknown> => parse(await readFile(new URL(path, DATA), 'utf8'));
  const names = z.array(z.string()).parse(await load('names.yaml'));
  const files = (await readdir(new URL('templates/', DATA))).filter((file) => file.endsWith('.yaml')).sort();
  const templates = await Promise.all(
    files.map(async (file) => {
      const read = templateSchema.safeParse(await load(`templates/${file}`));
      if (!read.success) throw new Error(`The template ${file} is wrong: ${z.prettifyError(read.error)}`);
      return [read.data.name, read.data] as const;
    }),
  );
  const byName = new Map(templates);
  const stray = [...byName.keys()].find((name) => !names.includes(name));
  if (stray !== undefined) throw new Error(`The catalogue has a template of ${stray}, and no such name.`);
  return names.map((name) => ({ name, slug: defaultKey(name), template: byName.get(name) }));
}

/** The entry of this name, or with this slug. */
export async function findCatalogueEntry(nameOrSlug: string): Promise<CatalogueEntry | undefined> {
  const catalogue = await loadCatalogue();
  return (
    catalogue.find(({ name }) => name === nameOrSlug) ?? catalogue.find(({ slug }) => slug === nameOrSlug)
  );
}

export interface CatalogueFilter {
  /** A part of the name, in any case. */
  readonly name?: string | undefined;
  /** Those with a template, or those without one. */
  readonly hasTemplate?: boolean | undefined;
}

/** Those that match, in the guide's order. */
export async function listCatalogue({ name, hasTemplate }: CatalogueFilter = {}): Promise<Catalogue> {
  const wanted = name?.toLowerCase();
  return (await loadCatalogue()).filter(
    (entry) =>
      (wanted === undefined || entry.name.toLowerCase().includes(wanted)) &&
      (hasTemplate === undefined || hasTemplate === (entry.template !== undefined)),
  );
}
