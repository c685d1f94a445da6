import { Icon } from './icon.tsx';

/** Copies a text, and tells screen readers the result. It is shown only when scripts run. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  return (
    <button type="button" class="btn btn-sm v-button-quiet js-only" data-copy={text}>
      <Icon name="copy" />
      <span data-part="label" aria-live="polite">
        {label}
      </span>
    </button>
  );
}
