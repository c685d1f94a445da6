import { Icon } from './icon.tsx';

/**
 * Switches between light and dark; the browser remembers it. Without scripts there is no button, and the system
 * decides.
 */
export function ThemeToggle() {
  return (
    <button type="button" class="v-icon-button js-only" data-theme-toggle aria-label="Switch theme">
      <Icon name="moon" part="to-dark" />
      <Icon name="sun" part="to-light" hidden />
    </button>
  );
}
