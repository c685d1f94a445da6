import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { Named } from '../../components/named.tsx';
import { NextSteps, type NextStep } from '../../components/console/next-steps.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { durationWords } from '../../words.ts';
import { ApplicationTab, type ApplicationPageProps } from './application-page.tsx';
import { addingNotes } from './guide-notes.ts';
import {
  ProviderSection,
  ServiceProviderSection,
  type IdentityProviderSide,
  type ServiceProviderSide,
} from './trust-sections.tsx';

export interface ConfigurationPageProps extends ApplicationPageProps {
  /** Whether the application was just added: then the page says what comes next. */
  isNew?: boolean;
  details: {
    readonly id: string;
    readonly enabled: boolean;
    readonly key: string;
    readonly description: string;
    readonly origin: string;
  };
  provider: IdentityProviderSide;
  properties: {
    readonly startUrl: string | null;
    readonly relayState: string | null;
    readonly sessionMs: number;
  };
  serviceProvider: ServiceProviderSide;
}

const GUIDE_NOTES: readonly GuideNoteProps[] = [
  ...addingNotes(
    'What the guide downloads while an application is added is downloaded here, below “AWS SSO metadata”.',
  ),
  {
    procedure: 'To disable or enable your application',
    differs: 'The button Disable or Enable stands beside the name, without a menu Actions.',
  },
];

/** The first tab of an application: everything that it is configured with. */
export function ConfigurationPage(props: ConfigurationPageProps) {
  const { page, frame, head, href, done, isNew = false, details, properties } = props;
  return (
    <ApplicationTab
      {...{ page, frame, head, done }}
      title="Configuration"
      guide={GUIDE_NOTES}
      actions={
        frame.mayChange ? <StatusButton {...{ href, csrf: frame.person.csrf, ...details }} /> : undefined
      }
    >
      {isNew && <NextSteps steps={stepsOf(href)} mayChange={frame.mayChange} />}
      <DetailsSection {...{ frame, href, details }} name={head.name} />
      <ProviderSection {...props.provider} manageHref={`${href}/certificates`} />
      <PropertiesSection {...properties} />
      <ServiceProviderSection {...{ frame, href }} {...props.serviceProvider} />
      {frame.mayChange && (
        <DangerZone
          id="danger"
          acts={[
            {
              label: 'Remove application',
              about: 'Nobody can use it any more. Its certificates and its assignments are gone for good.',
              href: `${href}/remove`,
            },
          ]}
        />
      )}
    </ApplicationTab>
  );
}

/** What makes a new application usable. */
const stepsOf = (href: string): NextStep[] => [
  {
    title: 'Set up the service provider',
    reason: 'The instructions have the values that it needs to trust Vestibule, to copy at each step.',
    href: `${href}/instructions`,
  },
  {
    title: 'Check the attribute mappings',
    reason: 'They say what the service provider learns about a user; a preview shows it.',
    href: `${href}/attribute-mappings`,
  },
  {
    title: 'Assign users',
    reason: 'Nobody can use the application before it is assigned. Prefer groups to single users.',
    href: `${href}/assign/groups`,
  },
];

/** Stops users from using the application, or lets them again. */
function StatusButton({ href, csrf, enabled }: { href: string; csrf: string; enabled: boolean }) {
  const [label, act] = enabled ? (['Disable', 'disable'] as const) : (['Enable', 'enable'] as const);
  return <PostButton action={`${href}/${act}`} {...{ csrf, label }} />;
}

type DetailsProps = Pick<ConfigurationPageProps, 'frame' | 'href' | 'details'> & { name: string };

function DetailsSection({ frame, href, name, details }: DetailsProps) {
  const { id, key, description, origin } = details;
  return (
    <section class="v-panel" aria-labelledby="details">
      <div class="v-review-head">
        <h2 id="details">Details</h2>
        {frame.mayChange && (
          <a class="btn btn-sm v-button-quiet" href={`${href}/edit`}>
            <Icon name="edit" />
            Edit configuration
          </a>
        )}
      </div>
      <Facts
        facts={[
          { label: 'Display name', value: <Named text={name} /> },
          {
            label: 'Description',
            value: <ValueOrNone text={description} />,
          },
          { label: 'Type', value: origin },
          { label: 'Key', value: <CopiedValue name="key" value={key} /> },
          { label: 'Application id', value: <CopiedValue name="application id" value={id} /> },
        ]}
      />
    </section>
  );
}

function PropertiesSection({ startUrl, relayState, sessionMs }: ConfigurationPageProps['properties']) {
  return (
    <section class="v-panel" aria-labelledby="properties">
      <h2 id="properties">Application properties</h2>
      <Facts
        facts={[
          {
            label: 'Application start URL',
            value: <CopiedValue name="start URL" value={startUrl} />,
          },
          { label: 'Relay state', value: <CopiedValue name="relay state" value={relayState} /> },
          { label: 'Session duration', value: durationWords(sessionMs) },
        ]}
      />
    </section>
  );
}
