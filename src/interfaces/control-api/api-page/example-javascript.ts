import type { ExampleCall } from './example-call.ts';

/** A module for Node.js 20 and later, which needs no package. */
export function javascriptOf({ method, path, needsToken, body }: ExampleCall): string {
  const variables = path.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
  const names = ['API', ...(needsToken ? ['TOKEN'] : []), ...variables];
  const address = path.map((part) => (typeof part === 'string' ? part : `\${${part.variable}}`)).join('');
  const headers = [
    ...(needsToken ? ['Authorization: `Bearer ${TOKEN}`'] : []),
    ...(body ? [`'Content-Type': '${body.type}'`] : []),
  ];
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}'`]),
    ...(headers.length > 0 ? [`headers: { ${headers.join(', ')} }`] : []),
    ...(body
      ? [`body: ${'json' in body ? `JSON.stringify(${literal(body.json)})` : literal(body.text)}`]
      : []),
  ];
  const given = options.length > 0 ? `, {\n${options.map((each) => `  ${each},\n`).join('')}}` : '';
  return [
    `const { ${names.join(', ')} } = process.env;`,
    '',
    `const answer = await fetch(\`\${API}${address}\`${given});`,
    'console.log(answer.status, await answer.text());',
  ].join('\n');
}

/** A JSON value as it stands in a list of options: every JSON text is an expression of JavaScript. */
const literal = (value: unknown) => JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ');
