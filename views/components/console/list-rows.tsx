import { safeHref } from '../../safe-href.ts';
import { Icon } from '../icon.tsx';
import type { ListColumn, ListRow, RowAction } from './list.ts';
import { Named, namedText } from '../named.tsx';
import { PostButton } from './post-button.tsx';

export interface ListRowsProps {
  /** Read by screen readers as the name of the table. */
  caption: string;
  /** The first one is the column of names. */
  columns: readonly ListColumn[];
  rows: readonly ListRow[];
  csrf: string;
  /** The id of the form that acts on checked rows; absent: rows have no check boxes. */
  bulkForm?: string | undefined;
}

/** The rows of a list as a table; on a phone each row is a card. */
export function ListRows({ caption, columns, rows, csrf, bulkForm }: ListRowsProps) {
  const hasActions = rows.some(({ actions = [] }) => actions.length > 0);
  const isSortable = columns.some(({ sort }) => sort !== undefined);
  return (
    <table class={isSortable ? 'v-found v-found-sortable' : 'v-found'}>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {bulkForm !== undefined && (
            <th scope="col" class="v-found-check">
              <span class="visually-hidden">Select</span>
            </th>
          )}
          {columns.map((column) => (
            <ColumnHead key={column.label} {...column} />
          ))}
          {hasActions && (
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} {...{ row, columns, csrf, bulkForm, hasActions }} />
        ))}
      </tbody>
    </table>
  );
}

function ColumnHead({ label, sort }: ListColumn) {
  if (!sort) return <th scope="col">{label}</th>;
  return (
    <th scope="col" aria-sort={sort.order ?? 'none'}>
      <a href={sort.href}>
        {label}
        {sort.order && <Icon name={sort.order === 'ascending' ? 'arrow-up' : 'arrow-down'} />}
      </a>
    </th>
  );
}

interface RowProps extends Pick<ListRowsProps, 'columns' | 'csrf' | 'bulkForm'> {
  row: ListRow;
  hasActions: boolean;
}

function Row({ row, columns, csrf, bulkForm, hasActions }: RowProps) {
  return (
    <tr>
      {bulkForm !== undefined && (
        <td class="v-found-check">
          <input
            type="checkbox"
            class="form-check-input"
            name="selected"
            value={row.id}
            form={bulkForm}
            aria-label={`Select ${namedText(row.name)}`}
          />
        </td>
      )}
      <th scope="row">
        {row.href === undefined ? (
          <Named text={row.name} />
        ) : (
          <a href={safeHref(row.href)}>
            <Named text={row.name} />
          </a>
        )}
      </th>
      {row.cells.map((cell, index) => (
        <td key={index} data-label={columns[index + 1]?.label}>
          {cell}
        </td>
      ))}
      {hasActions && (
        <td class="v-row-actions">
          {(row.actions ?? []).map((action) => (
            <Action key={action.label} {...{ action, csrf }} of={row.name} />
          ))}
        </td>
      )}
    </tr>
  );
}

/** Its name for screen readers says which row it is for. */
function Action({ action, csrf, of }: { action: RowAction; csrf: string; of: string }) {
  if ('href' in action) {
    return (
      <a class="btn btn-sm v-button-quiet" href={safeHref(action.href)}>
        {action.label}
        <span class="visually-hidden">
          {' '}
          <Named text={of} />
        </span>
      </a>
    );
  }
  return <PostButton action={safeHref(action.post)} label={action.label} isSmall {...{ csrf, of }} />;
}
