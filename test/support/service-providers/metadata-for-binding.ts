/**
 * Our metadata for a service provider that asks by HTTP-Redirect wherever it may: without that it asks by HTTP-POST, as
 * administrators have it do.
 */
export function metadataForBinding(binding: 'redirect' | 'post' | undefined, metadataXml: string): string {
  if (binding !== 'post') return metadataXml;
  const changed = metadataXml.replace(
    /<(\w+:)?SingleSignOnService [^>]*HTTP-Redirect"[^>]*(\/>|><\/[^>]*>)/,
    '',
  );
  if (changed === metadataXml) throw new Error('The metadata has no SingleSignOnService for HTTP-Redirect.');
  return changed;
}
