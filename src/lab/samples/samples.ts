import type { SampleBrand } from '../../../views/layouts/sample-layout.tsx';
import type { DirectoryId } from '../../foundation/platform/ids.ts';

/** A built-in service provider: a fictitious product with real sign-on. */
export interface Sample {
  /** Its name in paths and in organization files (`serviceProvider: {sample: notes}`). */
  readonly name: string;
  readonly displayName: string;
  readonly tagline: string;
  /** Shown on the landing page: what the product pretends to be, and what to try. */
  readonly about: string;
  readonly accent: SampleBrand['accent'];
  /** Sent as RelayState with its requests, and shown when it comes back. */
  readonly relayState: string;
}

const SAMPLES: readonly Sample[] = [
  {
    name: 'notes',
    displayName: 'Orchard Notes',
    tagline: 'Everything your team wrote down.',
    about:
      'Orchard Notes keeps no notes, but its sign-on is real: it verifies what Vestibule sends and shows you everything it received.',
    accent: 'violet',
    relayState: '/notebooks/today',
  },
  {
    name: 'expenses',
    displayName: 'Harbour Expenses',
    tagline: 'Expenses, settled by Friday.',
    about:
      'Harbour Expenses pays nobody back, but its sign-on is real: it verifies what Vestibule sends and shows you everything it received.',
    accent: 'rust',
    relayState: '/reports/open',
  },
];

/** The location of a sample. Each directory has its own samples, so that organizations never share one. */
export interface SamplePlace {
  /** The origin of the public URL. */
  readonly publicOrigin: string;
  readonly directoryId: DirectoryId;
}

export interface SampleAddresses {
  /** The path of the landing page. */
  readonly homePath: string;
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
