import type { ComponentChildren } from 'preact';
import { Icon } from '../icon.tsx';
import { Named } from '../named.tsx';
import { StatusTag, type StatusTagProps } from './status-tag.tsx';
import { Tabs, type Tab } from './tabs.tsx';

export interface DetailProps {
  /** The list from which it comes, such as `{ label: 'Users', href: '…/users' }`. */
  back: { readonly label: string; readonly href: string };
  /** What it is, such as `User`; also names the tabs. */
  kind: string;
  name: string;
  status?: Readonly<StatusTagProps> | undefined;
  /** Buttons and links that are used most, at most two. */
  actions?: ComponentChildren;
  tabs: readonly Tab[];
  currentHref: string;
  /** The tab's content. */
  children: ComponentChildren;
}

/** One record: what it is, its state, and its parts as tabs. */
export function Detail({ back, kind, name, status, actions, tabs, currentHref, children }: DetailProps) {
  return (
    <article class="v-detail">
      <a class="v-back" href={back.href}>
        <Icon name="arrow-left" />
        {back.label}
      </a>
      <div class="v-detail-head">
        <div>
          <p class="v-detail-kind">{kind}</p>
          <h1>
            <Named text={name} />
            {status && <StatusTag {...status} />}
          </h1>
        </div>
        {actions !== undefined && <div class="v-detail-actions">{actions}</div>}
      </div>
      {tabs.length > 1 && <Tabs label={kind} tabs={tabs} currentHref={currentHref} />}
      <div class="v-detail-body">{children}</div>
    </article>
  );
}
