import type { ExampleCall } from './example-call.ts';

/** A curl command for a POSIX shell. */
export function curlOf({ method, path, needsToken, body }: ExampleCall): string {
  const address = path.map((part) => (typeof part === 'string' ? part : `$${part.variable}`)).join('');
  return [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} "$API${address}"`,
    ...(needsToken ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body ? [`-H 'Content-Type: ${body.type}'`] : []),
    ...(!body ? [] : 'json' in body ? [`-d ${quoted(JSON.stringify(body.json))}`] : []),
    ...(body && 'text' in body ? [`--data-binary ${quoted(body.text)}`] : []),
  ].join(' \\\n  ');
}

/** Quotes a word for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
