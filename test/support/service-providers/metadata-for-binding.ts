/**
 * Our metadata for a service provider that uses HTTP-Redirect whenever the metadata offers it. Administrators remove
 * that entry to make it use HTTP-POST.
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
