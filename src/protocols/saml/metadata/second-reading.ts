import type { RelyingParty } from '../types.ts';
import type { BoundedXml } from '../xml/bounded-xml.ts';

/**
 * Whether samlify, which uses another parser, finds another entity or other endpoints in the same document. An
 * attacker could use a document that two parsers read differently to register an endpoint that the administrator
 * didn't see. Only what samlify reads correctly is compared: it doesn't know a key's role and use, or that `1` means
 * `true`.
 */
export async function secondReadingDiffers(xml: BoundedXml, relyingParty: RelyingParty): Promise<boolean> {
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

/** The locations of samlify's endpoints: a list, or a single one without a list. */
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
