import type { SampleBrand } from '../../../views/layouts/sample-layout.tsx';
import type { DirectoryId } from '../../foundation/platform/ids.ts';

/** A built-in service provider: a product that isn't real, with a sign-on that is. */
export interface Sample {
  /** Its name in addresses and in organization files (`serviceProvider: {sample: notes}`). */
  readonly name: string;
  readonly displayName: string;
  readonly tagline: string;
  /** What it pretends to be and what to look at. */
  readonly about: string;
  readonly accent: SampleBrand['accent'];
  /** Sent with its own requests as RelayState, to be seen coming back. */
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

/** Where a sample stands: each directory has its own, so that organizations never meet in one. */
export interface SamplePlace {
  /** The origin of the public URL. */
  readonly publicOrigin: string;
  readonly directoryId: DirectoryId;
}

export interface SampleAddresses {
  /** The landing page, as a path. */
  readonly homePath: string;
  readonly entityId: string;
  readonly acsUrl: string;
}

/** The sample of this name. */
export function findSample(name: string): Sample | undefined {
  return SAMPLES.find((sample) => sample.name === name);
}

/** The EntityID is the metadata's address, as saml-metadata-2.0 §4.1.1 recommends. */
export function sampleAddresses(sample: Sample, { publicOrigin, directoryId }: SamplePlace): SampleAddresses {
  const homePath = `/samples/${sample.name}/${directoryId}`;
  return {
    homePath,
    entityId: `${publicOrigin}${homePath}/metadata`,
    acsUrl: `${publicOrigin}${homePath}/acs`,
  };
}

/** What an application that names a sample as its service provider stands for; undefined for a name that none has. */
export function resolveSample(
  name: string,
  place: SamplePlace,
): { entityId: string; acsUrls: readonly string[] } | undefined {
  const sample = findSample(name);
  if (!sample) return undefined;
  const { entityId, acsUrl } = sampleAddresses(sample, place);
  return { entityId, acsUrls: [acsUrl] };
}
