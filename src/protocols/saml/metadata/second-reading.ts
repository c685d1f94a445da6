import type { RelyingParty } from '../types.ts';

/**
 * Whether samlify, which reads the same document with another parser, finds another entity or other endpoints. A document
 * that two readers take for different service providers is how an address gets registered that nobody meant. What samlify
 * can't tell (which role a key belongs to, what it is for, `1` for `true`) it isn't asked.
 */
export async function secondReadingDiffers(xml: string, relyingParty: RelyingParty): Promise<boolean> {
  const { ServiceProvider } = await import('samlify');
  try {
    const { entityMeta } = ServiceProvider({ metadata: xml });
    const theirs = locationsOf(entityMeta.meta['assertionConsumerService']);
    const ours = relyingParty.assertionConsumerServices.map(({ url }) => url);
    return entityMeta.getEntityID().trim() !== relyingParty.entityId || ours.some((url) => !theirs.has(url));
  } catch {
    return true;
  }
}

/** One endpoint or a list of them, each with a `location`. */
function locationsOf(endpoints: unknown): ReadonlySet<string> {
  const list: readonly unknown[] = Array.isArray(endpoints) ? endpoints : [endpoints];
  return new Set(
    list.flatMap((endpoint) =>
      typeof endpoint === 'object' && endpoint !== null && 'location' in endpoint
        ? [String(endpoint.location).trim()]
        : [],
    ),
  );
}
