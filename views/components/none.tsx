/** Stands where there is no value. */
export const None = () => <span class="v-soft">none</span>;
