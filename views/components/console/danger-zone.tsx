import type { ComponentChildren } from 'preact';

export interface DangerousAct {
  /** Such as `Delete user`; also the text of the link. */
  readonly label: string;
  /** What happens then. */
  readonly about: ComponentChildren;
  /** The page that says more and asks for the word. Absent: not possible, and `about` says why. */
  readonly href?: string | undefined;
}

/** What changes or destroys a record for good, apart from everything else. Each act leads to a page that asks first. */
export function DangerZone({ id, acts }: { id: string; acts: readonly DangerousAct[] }) {
  return (
    <section class="v-danger-zone" aria-labelledby={id}>
      <h2 id={id}>Danger zone</h2>
      <ul>
        {acts.map(({ label, about, href }) => (
          <li key={label}>
            <div>
              <h3>{label}</h3>
              <p>{about}</p>
            </div>
            {href !== undefined && (
              <a class="btn v-button-destroys" href={href}>
                {label}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
