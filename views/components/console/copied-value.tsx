import { CopyButton } from '../copy-button.tsx';
import { Wire } from '../facts.tsx';

/** A value to be copied exactly, such as an ARN, a URL or a certificate, with its button. `name` is `ARN`, for example. */
export function CopiedValue({ name, value }: { name: string; value: string | null | undefined }) {
  return (
    <span class="v-copied">
      <Wire value={value} />
      {value !== null && value !== undefined && value !== '' && (
        <CopyButton text={value} label={`Copy ${name}`} />
      )}
    </span>
  );
}
