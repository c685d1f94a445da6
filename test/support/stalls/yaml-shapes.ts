import { dsaPrivateKeyPem, rsaCertificate } from '../applications/odd-keys.ts';
import { lines, MIB, repeat, type Shape } from './shape.ts';

const HEAD =
  'version: 1\norganization: {name: A, managementAccountId: "111122223333"}\ninstance: {region: us-east-1}\n';
/** As large as the control API accepts an organization file. */
const FILE = MIB - 2048;

/** Organization files that are hostile to a parser of YAML, or to the checks after it. */
export const YAML_SHAPES: readonly Shape[] = Object.entries<() => string>({
  'entries of nothing': () => repeat('- ', FILE),
  'nested entries': () => repeat('- - - -\n', FILE),
  'flow lists': () => repeat('[', FILE),
  'closed flow lists': () => repeat('[', FILE / 2) + repeat(']', FILE / 2),
  'flow mappings': () => repeat('{a: ', FILE),
  'question marks': () => repeat('? ', FILE),
  colons: () => repeat(': ', FILE),
  quotes: () => repeat('"a" ', FILE),
  'a long plain scalar': () => `${HEAD}x: ${repeat('a ', FILE)}`,
  'a scalar of many lines': () => `${HEAD}x: ${repeat('a\n  ', FILE)}`,
  'a long quoted scalar': () => `${HEAD}x: "${repeat('\\x41', FILE - 300)}"`,
  'a quoted scalar without end': () => `${HEAD}x: "${repeat('a\n ', FILE - 300)}`,
  'a folded scalar': () => `${HEAD}x: >\n${repeat('  a\n\n', FILE - 300)}`,
  'a literal scalar': () => `${HEAD}x: |\n${repeat('  a\n', FILE - 300)}`,
  comments: () => repeat('#\n', FILE),
  'a comment after blanks': () => repeat('    # a\n', FILE),
  'blank lines': () => repeat('\n', FILE),
  blanks: () => repeat(' ', FILE),
  tabs: () => repeat('\t', FILE),
  'carriage returns': () => repeat('\r', FILE),
  documents: () => repeat('---\n', FILE),
  directives: () => repeat('%YAML 1.2\n', FILE),
  tags: () => repeat('!a ', FILE),
  'tag shorthands': () => `${repeat('%TAG !a! b\n', FILE / 2)}---\n${repeat('- !a!b c\n', FILE / 2)}`,
  anchors: () => repeat('&a ', FILE),
  'many anchors': () => `x:\n${lines((index) => `  - &a${index} b`, FILE / 16)}`,
  'many aliases': () => `x: &a b\ny:\n${repeat('  - *a\n', FILE - 20)}`,
  'a bomb of aliases': () =>
    lines((index) => `a${index}: &a${index} [${repeat(`*a${index - 1},`, 40)}]`, 30).replaceAll('*a-1', '1'),
  'merge keys': () => `x: &a {b: c}\ny:\n${repeat('  <<: *a\n', FILE - 20)}`,
  'the same key': () => repeat('a: 1\n', FILE),
  'different keys': () => lines((index) => `k${index}: 1`, FILE / 10),
  __proto__: () => repeat('__proto__: {}\n', FILE),
  'deep mappings': () => lines((index) => `${' '.repeat(index)}a:`, 1400),
  'long numbers': () => `${HEAD}x: ${repeat('9', FILE - 300)}`,
  'numbers in base 16': () => `${HEAD}x: 0x${repeat('f', FILE - 300)}`,
  'wrong users': () => `${HEAD}users:\n${repeat('  - {a: b}\n', FILE - 300)}`,
  'users of nothing': () => `${HEAD}users: [${repeat('1,', 190_000)}]`,
  'the same user': () =>
    `${HEAD}users:\n${repeat('  - {userName: a, email: a@b.c, givenName: a, familyName: b, displayName: c}\n', FILE - 300)}`,
  'users with groups that don’t exist': () =>
    `${HEAD}users:\n  - {userName: a, email: a@b.c, givenName: a, familyName: b, displayName: c, groups: [${repeat('g,', 90_000)}]}\n`,
  'users with passwords': () =>
    `${HEAD}users:\n${lines((index) => `  - {userName: u${index}, email: u${index}@b.c, givenName: a, familyName: b, displayName: c, password: correct-Horse-7}`, 1900)}`,
  'many groups': () => `${HEAD}groups:\n${lines((index) => `  - {displayName: g${index}}`, 16_000)}`,
  'many applications': () =>
    `${HEAD}applications:\n${lines((index) => `  - {key: k${index}, displayName: a, serviceProvider: {entityId: "https://a${index}.example/", acsUrls: ["https://a.example/"]}}`, 490)}`,
  'an application with many attributes': () =>
    `${HEAD}applications:\n  - key: a\n    displayName: a\n    serviceProvider: {entityId: a, acsUrls: ["https://a.example/"]}\n    attributes:\n${lines((index) => `      - {name: a${index}, value: "\${user:email}"}`, 8000)}`,
  'an application with many addresses': () =>
    `${HEAD}applications:\n  - key: a\n    displayName: a\n    serviceProvider: {entityId: a, assertionConsumerServices: [${lines((index) => `{url: "https://a.example/${index}", isDefault: true},`, 9000)}]}\n`,
  'assignments to nobody': () =>
    `${HEAD}applications:\n  - key: a\n    displayName: a\n    serviceProvider: {entityId: a, acsUrls: ["https://a.example/"]}\n    assignments: {users: [${repeat('u,', 190_000)}]}\n`,
  'a private key that takes long to read': () =>
    `${HEAD}applications:\n  - key: a\n    displayName: a\n    serviceProvider: {entityId: a, acsUrls: ["https://a.example/"]}\n    certificates:\n      - certificate: ${rsaCertificate(2048)}\n        privateKey: |\n${dsaPrivateKeyPem(
      24_576,
    ).replace(/^/gm, '          ')}\n`,
}).map(([name, body]) => ({ name, body }));
