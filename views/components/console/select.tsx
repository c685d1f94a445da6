import { Icon } from '../icon.tsx';
import type { Option } from './field.ts';

export interface SelectProps {
  id: string;
  name: string;
  options: readonly Omit<Option, 'help'>[];
  value: string;
  described?: string | undefined;
  invalid?: boolean;
}

/** A select box with our own arrow: Tabler's is a background picture, on which no tool can measure the text's contrast. */
export function Select({ id, name, options, value, described, invalid = false }: SelectProps) {
  return (
    <div class="v-select">
      <select
        id={id}
        name={name}
        class="form-select"
        aria-describedby={described}
        aria-invalid={invalid ? 'true' : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </div>
  );
}
