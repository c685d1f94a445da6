import { readFile, readdir } from 'node:fs/promises';
import { z } from 'zod';
import { defaultKey } from '../application-input.ts';
import type { CatalogueTemplate } from './template.ts';

/** An application of the catalogue (guide, "Supported applications"). */
export interface CatalogueEntry {
  readonly name: string;
  /** The name in URLs. */
  readonly slug: string;
  /**
   * What the vendor's documentation says about it; undefined for applications that are configured like a
   * custom application.
   */
  readonly template: CatalogueTemplate | undefined;
}

/** All entries, in the guide's order. */
export type Catalogue = readonly CatalogueEntry[];

/** Lies beside this module in the sources, and beside the bundle in a build. */
const DATA = new URL('./catalogue-data/', import.meta.url);

let loading: Promise<Catalogue> | undefined;

/** Loads the catalogue at its first use: a server whose users never open it keeps none of it in memory. */
export function loadCatalogue(): Promise<Catalogue> {
  loading ??= read().catch((error: unknown) => {
    loading = undefined; // Not cached: the next call tries again.
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
  if (stray !== undefined)
    throw new Error(`The catalogue has a template for ${stray}, but names.yaml has no such name.`);
  return names.map((name) => ({ name, slug: defaultKey(name), template: byName.get(name) }));
}

/** The entry with this name or, failing that, this slug. */
export async function findCatalogueEntry(nameOrSlug: string): Promise<CatalogueEntry | undefined> {
  const catalogue = await loadCatalogue();
  return (
    catalogue.find(({ name }) => name === nameOrSlug) ?? catalogue.find(({ slug }) => slug === nameOrSlug)
  );
}

export interface CatalogueFilter {
  /** A part of the name, ignoring case. */
  readonly name?: string | undefined;
  /** true: only entries with a template; false: only those without. */
  readonly hasTemplate?: boolean | undefined;
}

/** The matching entries, in the guide's order. */
export async function listCatalogue({ name, hasTemplate }: CatalogueFilter = {}): Promise<Catalogue> {
  const wanted = name?.toLowerCase();
  return (await loadCatalogue()).filter(
    (entry) =>
      (wanted === undefined || entry.name.toLowerCase().includes(wanted)) &&
      (hasTemplate === undefined || hasTemplate === (entry.template !== undefined)),
  );
}
