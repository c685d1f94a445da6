/** Vestibule's mark: three nested arches with light in the innermost. Decoration beside the name. */
export function Mark({ class: extra }: { class?: string }) {
  return (
    <svg
      class={extra === undefined ? 'v-mark' : `v-mark ${extra}`}
      viewBox="0 0 32 32"
      width="32"
      height="32"
      aria-hidden="true"
      focusable="false"
    >
      <path class="v-mark-outer" d="M3 30V15a13 13 0 0 1 26 0v15z" />
      <path class="v-mark-middle" d="M8 30V16a8 8 0 0 1 16 0v14z" />
      <path class="v-mark-inner" d="M12.5 30V17.5a3.5 3.5 0 0 1 7 0V30z" />
    </svg>
  );
}

/** The mark and the name. */
export function Wordmark() {
  return (
    <span class="v-wordmark">
      <Mark />
      <span>Vestibule</span>
    </span>
  );
}

/**
 * Wide arches behind a card, standing on the footer's line. They are one element with a mask in their shape, so that
 * tools can measure the contrast of text on the card; separate shapes would lie under some lines of text and not
 * under others.
 */
export function ArchBackdrop() {
  return <div class="v-backdrop" aria-hidden="true" />;
}
