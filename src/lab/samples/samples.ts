import type { DirectoryId } from '../../foundation/platform/ids.ts';
import { build } from './products/build.ts';
import { expenses } from './products/expenses.ts';
import { holidays } from './products/holidays.ts';
import { ledger } from './products/ledger.ts';
import { notes } from './products/notes.ts';
import type { Product } from './products/product.ts';
import { wiki } from './products/wiki.ts';

/** A built-in service provider: an imaginary product with real sign-on. */
export type Sample = Product;

export const SAMPLES: readonly Sample[] = [notes, expenses, wiki, build, ledger, holidays];

/** The location of a sample. Each directory has its own samples, so that organizations never share one. */
export interface SamplePlace {
  /** The origin of the public URL. */
  readonly publicOrigin: string;
  readonly directoryId: DirectoryId;
}

export interface SampleAddresses {
  /** The path of the landing page; after the sign-on, of the product's first page. */
  readonly homePath: string;
  /** The path of the page that shows what was received. */
  readonly receivedPath: string;
  /** The path of the page that draws the sign-on. */
  readonly happenedPath: string;
  readonly entityId: string;
  readonly acsUrl: string;
}

export function findSample(name: string): Sample | undefined {
  return SAMPLES.find((sample) => sample.name === name);
}

/** The EntityID is the URL of the metadata, as saml-metadata-2.0 §4.1.1 recommends. */
export function sampleAddresses(sample: Sample, { publicOrigin, directoryId }: SamplePlace): SampleAddresses {
  const homePath = `/samples/${sample.name}/${directoryId}`;
  return {
    homePath,
    receivedPath: `${homePath}/received`,
    happenedPath: `${homePath}/what-happened`,
    entityId: `${publicOrigin}${homePath}/metadata`,
    acsUrl: `${publicOrigin}${homePath}/acs`,
  };
}

/** The EntityID and ACS URLs for an application whose service provider is a sample; undefined for an unknown name. */
export function resolveSample(
  name: string,
  place: SamplePlace,
): { entityId: string; acsUrls: readonly string[] } | undefined {
  const sample = findSample(name);
  if (!sample) return undefined;
  const { entityId, acsUrl } = sampleAddresses(sample, place);
  return { entityId, acsUrls: [acsUrl] };
}
