import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { CUSTOMIZING, DELETING } from './guide-notes.ts';

/** Some settings that belong together, with the page that changes them. */
export interface SettingsSection {
  title: string;
  facts: readonly Fact[];
  /** Absent: the facts are all there is. */
  change?: { readonly label: string; readonly href: string } | undefined;
  note?: ComponentChildren;
}

export interface SettingsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  sections: readonly SettingsSection[];
  /** The sentence about what was just done. */
  done?: string | undefined;
  /** What a reader has to know about what was just saved, and where to change it. */
  warning?: { readonly text: string; readonly href: string } | undefined;
  deleteHref: string;
}

/** All settings of an instance at a glance; each section leads to its form. */
export function SettingsPage({ page, frame, sections, done, warning, deleteHref }: SettingsPageProps) {
  return (
    <InstanceLayout {...{ page, frame }} title="Settings" place="settings" guide={[CUSTOMIZING, DELETING]}>
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      {warning && (
        <Banner tone="warning" link={{ label: 'Change it', href: warning.href }}>
          {warning.text}
        </Banner>
      )}
      <h1>Settings</h1>
      <div class="v-settings">
        {sections.map((section) => (
          <Section key={section.title} {...section} />
        ))}
      </div>
      {frame.mayChange && (
        <DangerZone
          id="danger"
          acts={[
            {
              label: 'Delete configuration',
              about:
                'Deletes all users, groups, applications and settings. The organization stays, with its events, its mail and its clock.',
              href: deleteHref,
            },
          ]}
        />
      )}
    </InstanceLayout>
  );
}

function Section({ title, facts, change, note }: SettingsSection) {
  const id = `setting-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
  return (
    <section class="v-setting" aria-labelledby={id}>
      <div class="v-setting-head">
        <h2 id={id}>{title}</h2>
        {change && (
          <a class="btn v-button-quiet" href={change.href}>
            {change.label}
            <span class="visually-hidden"> ({title})</span>
          </a>
        )}
      </div>
      <Facts facts={facts} />
      {note}
    </section>
  );
}
