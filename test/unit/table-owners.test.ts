import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import ts from 'typescript';
import { TABLE_OWNERS } from '../../src/foundation/storage/table-owners.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Tables that a store of another folder reads, because one query must answer, each with the reason. */
const FOREIGN_READS: readonly (readonly [file: string, table: string, reason: string])[] = [
  [
    'domain/assignments/entitlement-store.ts',
    'memberships',
    'every sign-on asks, through any of 1,000 groups',
  ],
  ['domain/assignments/entitlement-store.ts', 'applications', 'the portal page lists what it may start'],
  ['domain/access/store.ts', 'memberships', 'every page of the console asks, through any of 1,000 groups'],
  ['domain/access/grant-list-store.ts', 'users', 'the list of grants is sorted by their names'],
  ['domain/access/grant-list-store.ts', 'groups', 'the list of grants is sorted by their names'],
  ['domain/access/grant-list-store.ts', 'memberships', 'a grant of a group is one of its members'],
  ['domain/access/store.ts', 'users', 'every page of the console asks whether its user is enabled'],
  ['domain/assignments/assignee-store.ts', 'users', 'the list of assignees is sorted and searched by name'],
  ['domain/assignments/assignee-store.ts', 'groups', 'the list of assignees is sorted and searched by name'],
  ['domain/certificates/store.ts', 'applications', 'every response begins with an application and its key'],
  ['domain/certificates/expiring-store.ts', 'applications', 'the dashboard names what expires'],
  ['domain/certificates/rehearsal-store.ts', 'applications', 'the portal page names what is rehearsed'],
  ['domain/sessions/session-store.ts', 'users', 'every page and every response resumes a session'],
];

/** Methods of Kysely that write the table in their first argument. */
const WRITES = new Set(['insertInto', 'replaceInto', 'mergeInto', 'updateTable', 'deleteFrom', 'updateFrom']);
const READS = /^(selectFrom|from|using|(inner|left|right|full|cross)(Lateral)?Join)$/;
/** Functions of the storage folder that write the table in their second argument. */
const WRITERS = ['deleteFound', 'deleteOlder', 'insertRows'];

const STORAGE = 'foundation/storage';
/** The files of these functions, which get the table from their callers, and of one that treats all tables alike. */
const GENERIC = new Set(['delete-owned.ts', 'insert-rows.ts', 'trim.ts'].map((name) => `${STORAGE}/${name}`));
const isTable = (name: string) => Object.hasOwn(TABLE_OWNERS, name);
const ownerOf = (table: string) => Object.entries(TABLE_OWNERS).find(([name]) => name === table)?.[1];

interface Use {
  readonly file: string;
  /** Undefined when the table isn't a literal. */
  readonly table: string | undefined;
  readonly writes: boolean;
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Every place in a source that names a table to the database. */
function usesIn(file: string, text: string): Use[] {
  const uses: Use[] = [];
  const add = (argument: ts.Node | undefined, writes: boolean, mustBeLiteral = true) => {
    const parts = argument && ts.isArrayLiteralExpression(argument) ? [...argument.elements] : [argument];
    for (const part of parts) {
      const table = part && ts.isStringLiteralLike(part) ? part.text.split(' ')[0] : undefined;
      if (table === undefined ? mustBeLiteral : isTable(table)) uses.push({ file, table, writes });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression, arguments: given } = node;
      if (ts.isPropertyAccessExpression(expression)) {
        const method = expression.name.text;
        // Other objects have a `from`, and joins and selections have subqueries, whose tables are visited separately.
        if (READS.test(method))
          add(given[0], false, method === 'selectFrom' && given.length > 0 && !isQuery(given[0]));
        if (WRITES.has(method)) add(given[0], true);
        // Raw SQL may do anything with the table.
        if (method === 'table' && expression.expression.getText() === 'sql') add(given[0], true);
      } else if (ts.isIdentifier(expression) && WRITERS.includes(expression.text)) add(given[1], true);
    }
    if (ts.isTaggedTemplateExpression(node) && /^sql\b/.test(node.tag.getText())) {
      for (const [, verb = '', table = ''] of node.template.getText().matchAll(RAW)) {
        if (isTable(table)) uses.push({ file, table, writes: !/^(from|join)$/i.test(verb) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file, text));
  return uses;
}

const RAW = /\b(delete\s+from|insert\s+into|replace\s+into|update|from|join)\s+"?(\w+)/gi;
const isQuery = (node: ts.Node | undefined) =>
  node !== undefined && !ts.isStringLiteralLike(node) && !ts.isIdentifier(node);

const isIn = (folder: string, file: string) => file.startsWith(`${folder}/`);
const isStore = (file: string) => /(^|-)store\.ts$/.test(file.slice(dirname(file).length + 1));

/** The reason why a place may not name its table; undefined when it may. */
function faultOf({ file, table, writes }: Use): string | undefined {
  if (table === undefined) return `${file} names a table that isn’t a literal`;
  const owner = ownerOf(table);
  if (owner !== undefined && isIn(owner, file) && (isStore(file) || owner === STORAGE)) return undefined;
  if (writes) return `${file} writes ${table} outside a store of ${owner}`;
  if (isStore(file) && FOREIGN_READS.some(([where, what]) => where === file && what === table))
    return undefined;
  return `${file} reads ${table} outside a store of ${owner}`;
}

function sources(): Map<string, string> {
  const names = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .filter((name) => !name.startsWith(`${STORAGE}/migrations/`) && !GENERIC.has(name));
  return new Map(names.map((name) => [name, readFileSync(join(ROOT, 'src', name), 'utf8')]));
}

describe('tables', () => {
  const uses = [...sources()].flatMap(([file, text]) => usesIn(file, text));

  it('are read and written in the stores of the folders that own them', () => {
    assert.ok(uses.length > 150, `${uses.length} found`);
    assert.deepEqual([...new Set(uses.flatMap((use) => faultOf(use) ?? []))], []);
  });

  it('are written by the folder that owns them', () => {
    for (const [table, owner] of Object.entries(TABLE_OWNERS)) {
      assert.ok(existsSync(join(ROOT, 'src', owner)), `${owner} doesn’t exist`);
      assert.ok(
        uses.some((use) => use.table === table && use.writes && isIn(owner, use.file)),
        `${owner} doesn’t write ${table}`,
      );
    }
  });

  it('are joined by other folders only where the list says so, and the list has no other entries', () => {
    const gone = FOREIGN_READS.filter(
      ([file, table]) => !uses.some((use) => use.file === file && use.table === table && !use.writes),
    );
    assert.deepEqual(gone, []);
  });

  it('are passed to no function of the storage folder that this test doesn’t know', () => {
    const generic = readdirSync(join(ROOT, 'src', STORAGE))
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...parse(name, readFileSync(join(ROOT, 'src', STORAGE, name), 'utf8')).statements])
      .filter(ts.isFunctionDeclaration)
      .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      .filter((declared) => declared.typeParameters?.some((each) => each.getText().includes('keyof Tables')))
      .map(({ name }) => name?.text);
    // This one gets a query, in which its caller has named the table.
    assert.deepEqual(generic.sort(), ['countUpTo', ...WRITERS]);
  });

  it('are found by this test when a place names them without permission', () => {
    const faultsOf = (file: string, text: string) => usesIn(file, text).map(faultOf);
    const command = 'domain/directory/user-commands.ts';
    for (const [file, text, expected] of [
      [command, "tx.insertInto('users')", 'writes users outside a store of domain/directory'],
      [command, "tx.updateTable('users as u')", 'writes users outside a store of domain/directory'],
      [command, "tx.selectFrom('users')", 'reads users outside a store of domain/directory'],
      [command, "insertRows(tx, 'users', rows)", 'writes users outside a store of domain/directory'],
      [command, 'sql`delete from users`', 'writes users outside a store of domain/directory'],
      [command, 'sql<Row>`select id from users`', 'reads users outside a store of domain/directory'],
      [command, "sql`truncate ${sql.table('users')}`", 'writes users outside a store of domain/directory'],
      ['domain/mail/store.ts', "tx.deleteFrom('users')", 'writes users outside a store of domain/directory'],
      [
        'domain/mail/store.ts',
        "q.selectFrom(['mails', 'users'])",
        'reads users outside a store of domain/directory',
      ],
      [
        'domain/mail/store.ts',
        "q.leftJoin('users', 'a', 'b')",
        'reads users outside a store of domain/directory',
      ],
      ['domain/mail/store.ts', 'tx.deleteFrom(table)', 'names a table that isn’t a literal'],
      ['domain/mail/store.ts', 'q.selectFrom(table)', 'names a table that isn’t a literal'],
    ] as const) {
      assert.ok(
        faultsOf(file, text).includes(`${file} ${expected}`),
        `${text}: ${faultsOf(file, text).join()}`,
      );
    }
    assert.deepEqual(faultsOf('domain/directory/user-store.ts', "tx.insertInto('users')"), [undefined]);
  });
});
