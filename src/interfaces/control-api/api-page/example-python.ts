import type { ExampleCall } from './example-call.ts';

/** A script for Python 3.8 and later, with its standard library alone. */
export function pythonOf({ method, path, needsToken, body }: ExampleCall): string {
  const address = path
    .map((part) => (typeof part === 'string' ? part : `{os.environ['${part.variable}']}`))
    .join('');
  const headers = [
    ...(needsToken ? [`"Authorization": f"Bearer {os.environ['TOKEN']}"`] : []),
    ...(body ? [`"Content-Type": "${body.type}"`] : []),
  ];
  const given = [
    `f"{os.environ['API']}${address}"`,
    ...(method === 'GET' ? [] : [`method="${method}"`]),
    ...(headers.length > 0 ? [`headers={${headers.join(', ')}}`] : []),
    ...(body
      ? [`data=${'json' in body ? `json.dumps(${literal(body.json)})` : literal(body.text)}.encode()`]
      : []),
  ];
  return [
    `import ${body && 'json' in body ? 'json, ' : ''}os, urllib.request`,
    '',
    'request = urllib.request.Request(',
    ...given.map((each) => `    ${each},`),
    ')',
    'with urllib.request.urlopen(request) as answer:',
    '    print(answer.status, answer.read().decode())',
  ].join('\n');
}

/** A JSON value as an expression of Python. The escapes of a JSON string mean the same there. */
function literal(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${literal(each)}`);
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value);
}
