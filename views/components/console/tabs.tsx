export interface Tab {
  readonly label: string;
  readonly href: string;
  /** How many the tab holds, such as the groups of a user. */
  readonly count?: number | undefined;
}

export interface TabsProps {
  /** What the tabs are about, such as `User`. */
  label: string;
  tabs: readonly Tab[];
  /** The address of the tab that is shown. */
  currentHref: string;
}

/** The parts of a record as links to pages: each has an address, and the browser's “back” works. */
export function Tabs({ label, tabs, currentHref }: TabsProps) {
  return (
    <nav class="v-tabs" aria-label={label}>
      <ul>
        {tabs.map(({ label: text, href, count }) => (
          <li key={href}>
            <a href={href} aria-current={href === currentHref ? 'page' : undefined}>
              {text}
              {count !== undefined && <span class="v-tab-count"> {count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
