import { readable } from './numbers.ts';

/** One measurement. */
export interface Row {
  what: string;
  value: number | undefined;
  unit: string;
  /** The budget, if any: `{least: 0.5}` or `{most: 300}`, in the same unit. */
  budget?: { least: number } | { most: number };
  /** More that a reader wants to know, such as the runs and their number. */
  note?: string | undefined;
}

/** Whether a row keeps its budget; undefined without a budget or without a measurement. */
export function keepsBudget({ value, budget }: Row): boolean | undefined {
  if (value === undefined || budget === undefined) return undefined;
  return 'least' in budget ? value >= budget.least : value <= budget.most;
}

/** The rows as aligned lines. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.value === undefined ? '—' : `${readable(row.value)} ${row.unit}`.trim(),
    budgetText(row),
    verdict(row),
    row.note ?? '',
  ]);
  const table = [['What', 'Measured', 'Budget', '', ''], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  return table
    .map((line) =>
      line.map((cell, column) =>
        column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
      ),
    )
    .map((line) => line.join('  ').trimEnd())
    .join('\n');
}

function budgetText({ budget, unit }: Row): string {
  if (!budget) return '';
  return ('least' in budget ? `≥ ${budget.least} ${unit}` : `≤ ${budget.most} ${unit}`).trim();
}

function verdict(row: Row): string {
  const keeps = keepsBudget(row);
  return keeps === undefined ? '' : keeps ? 'PASS' : 'below';
}
