import { Facts } from '../components/facts.tsx';

/** A short state, such as `Approved`. */
export interface Badge {
  text: string;
  tone: 'calm' | 'good' | 'waiting' | 'danger';
}

export type Cell = string | Badge;

/** A part of a product's page. */
export type Block =
  | { kind: 'figures'; figures: readonly { label: string; value: string; note?: string }[] }
  | { kind: 'table'; title: string; columns: readonly string[]; rows: readonly (readonly Cell[])[] }
  | {
      kind: 'entries';
      title: string;
      /** A detail may be long; the address is one of the product's own pages. */
      entries: readonly { title: string; detail: string; href?: string; badge?: Badge }[];
    }
  | { kind: 'text'; title: string; paragraphs: readonly string[] }
  | { kind: 'facts'; title: string; facts: readonly { label: string; value: string }[] }
  | { kind: 'log'; title: string; lines: readonly string[] };

/** Shows the parts of a page in their order. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <Part key={index} block={block} id={`part-${index}`} />
      ))}
    </>
  );
}

function Part({ block, id }: { block: Block; id: string }) {
  if (block.kind === 'figures') return <Figures {...block} />;
  return (
    <section class="v-panel" aria-labelledby={id}>
      <h2 id={id}>{block.title}</h2>
      <Content block={block} id={id} />
    </section>
  );
}

function Content({ block, id }: { block: Exclude<Block, { kind: 'figures' }>; id: string }) {
  switch (block.kind) {
    case 'table':
      return <Table {...block} id={id} />;
    case 'entries':
      return <Entries {...block} />;
    case 'facts':
      return <Facts facts={block.facts} />;
    case 'text':
      return (
        <>
          {block.paragraphs.map((paragraph) => (
            <p key={paragraph} class="v-prose">
              {paragraph}
            </p>
          ))}
        </>
      );
    case 'log':
      return (
        <pre class="v-xml" role="region" aria-label={`${block.title}, its lines`} tabindex={0}>
          {block.lines.join('\n')}
        </pre>
      );
  }
}

function Figures({ figures }: Extract<Block, { kind: 'figures' }>) {
  return (
    <dl class="v-figures">
      {figures.map(({ label, value, note }) => (
        <div key={label} class="v-panel">
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong>
            {note !== undefined && <span class="v-soft">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A table that becomes a list of small blocks on a narrow screen, where each value repeats its column's name. */
function Table({ columns, rows, id }: Extract<Block, { kind: 'table' }> & { id: string }) {
  return (
    <table class="v-rows" aria-labelledby={id}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, index) => (
          <tr key={index}>
            {cells.map((cell, column) =>
              column === 0 ? (
                <th key={column} scope="row">
                  <Value cell={cell} />
                </th>
              ) : (
                <td key={column} data-column={columns[column]}>
                  <Value cell={cell} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Entries({ entries }: Extract<Block, { kind: 'entries' }>) {
  return (
    <ul class="v-entries">
      {entries.map(({ title, detail, href, badge }) => (
        <li key={title}>
          <div>
            {href === undefined ? <strong>{title}</strong> : <a href={href}>{title}</a>}
            <p>{detail}</p>
          </div>
          {badge && <Value cell={badge} />}
        </li>
      ))}
    </ul>
  );
}

function Value({ cell }: { cell: Cell }) {
  if (typeof cell === 'string') return <>{cell}</>;
  return <span class={`v-badge v-badge-${cell.tone}`}>{cell.text}</span>;
}
