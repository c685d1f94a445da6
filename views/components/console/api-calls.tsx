import { Icon } from '../icon.tsx';

/** An operation of the control API. */
export interface ApiCall {
  /** Its name, such as `createGroup`. */
  readonly id: string;
  /** Its page, with the ids that are known. */
  readonly href: string;
}

/** The end of a page of the console: the calls of the control API that do the same. */
export function ApiCalls({ calls }: { calls: readonly ApiCall[] }) {
  if (calls.length === 0) return null;
  return (
    <p class="v-api-calls">
      <Icon name="terminal" />
      By the API:{' '}
      {calls.map(({ id, href }, index) => (
        <>
          {index > 0 && ', '}
          <a key={id} href={href}>
            {id}
          </a>
        </>
      ))}
    </p>
  );
}
