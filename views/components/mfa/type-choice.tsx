import type { MfaType } from '../../../src/domain/credentials/mfa/device.ts';
import { Icon } from '../icon.tsx';
import { TYPE_WORDS } from './words.ts';

export interface TypeChoiceProps {
  action: string;
  csrf: string;
  types: readonly MfaType[];
  /** Types of which the user has the maximum number of devices. */
  full?: readonly MfaType[];
}

/** Buttons that start the registration of a device, one for each type. */
export function TypeChoice({ action, csrf, types, full = [] }: TypeChoiceProps) {
  return (
    <form method="post" action={action} class="v-choice">
      <input type="hidden" name="csrf" value={csrf} />
      {types.map((type) => {
        const { name, about, icon } = TYPE_WORDS[type];
        const isFull = full.includes(type);
        return (
          <button key={type} type="submit" name="type" value={type} class="v-choice-item" disabled={isFull}>
            <Icon name={icon} />
            <span>
              <strong>{name}</strong>
              <span class="v-soft">
                {isFull ? 'No more of these can be registered: delete one first.' : about}
              </span>
            </span>
          </button>
        );
      })}
    </form>
  );
}
