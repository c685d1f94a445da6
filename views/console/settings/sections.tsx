import { CopiedValue } from '../../components/console/copied-value.tsx';
import { Named } from '../../components/named.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { None } from '../../components/none.tsx';
import { Time, type When } from '../../components/when.tsx';
import { grouped } from '../../words.ts';
import type { SettingsSection } from './overview.tsx';

interface LabelledText {
  readonly label: string;
  readonly text: string;
}

/** The settings of an instance as texts. */
export interface SettingsSummary {
  organization: { name: string; id: string; accountId: string };
  directoryId: string;
  region: string;
  alias: string | null;
  portalUrl: string;
  directoryUrl: string;
  mfa: readonly LabelledText[];
  session: { lifetime: string; isImmediate: boolean };
  branding: { name: string | null; colour: string | null; hasLogo: boolean };
  clock: { now: When; offset: string };
  administrators: { names: readonly { name: string; access: string }[]; more: boolean };
  signIn: { window: string; attemptsPerUser: number; attemptsPerAddress: number };
  saml: readonly LabelledText[];
  limits: { applications: number; events: number };
}

type SectionLink = (label: string, name: string) => SettingsSection['change'];

/** The sections of the settings page; `here` is its address. Without `mayChange` they lead to pages that only show. */
export function settingsSections(here: string, of: SettingsSummary, mayChange: boolean): SettingsSection[] {
  const link: SectionLink = (label, name) => ({
    label: mayChange ? label : 'Show',
    href: `${here}/${name}`,
  });
  return [
    ...signInSections(of, link),
    ...portalSections(of, link, mayChange ? `${here}/url` : undefined),
    ...workSections(of, link),
    ...limitSections(of, link),
  ];
}

/** Who signs in, and how. */
function signInSections(of: SettingsSummary, link: SectionLink): SettingsSection[] {
  return [
    { title: 'Identity source', facts: identityFacts(of) },
    { title: 'Multi-factor authentication', facts: factsOf(of.mfa), change: link('Configure', 'mfa') },
  ];
}

/** The portal: its URL, how long it stays open, and how it looks. */
function portalSections(
  of: SettingsSummary,
  link: SectionLink,
  customizeHref: string | undefined,
): SettingsSection[] {
  return [
    {
      title: 'User portal',
      facts: [
        { label: 'User portal URL', value: <CopiedValue name="User portal URL" value={of.portalUrl} /> },
        ...(of.alias === null
          ? []
          : [
              {
                label: 'Also',
                value: <CopiedValue name="URL with the directory id" value={of.directoryUrl} />,
              },
            ]),
      ],
      change:
        of.alias === null && customizeHref !== undefined
          ? { label: 'Customize', href: customizeHref }
          : undefined,
      note: of.alias === null ? undefined : <p class="v-soft">It was customized, and stays as it is.</p>,
    },
    {
      title: 'Portal session',
      facts: [
        { label: 'Session duration', value: of.session.lifetime },
        {
          label: 'Sessions of a disabled or deleted user end',
          value: of.session.isImmediate ? 'at once' : 'after up to an hour',
        },
      ],
      change: link('Change', 'session'),
    },
    {
      title: 'Name and colour',
      facts: [
        { label: 'Name', value: <Named text={of.branding.name ?? of.organization.name} /> },
        { label: 'Colour', value: of.branding.colour ?? 'Vestibule’s green' },
      ],
      change: link('Change', 'branding'),
    },
    {
      title: 'Logo',
      facts: [{ label: 'Logo', value: of.branding.hasLogo ? 'The pages show one' : <None /> }],
      change: link('Change', 'logo'),
    },
  ];
}

/** What the administrators of an organization work with. */
function workSections(of: SettingsSummary, link: SectionLink): SettingsSection[] {
  return [
    {
      title: 'Time',
      facts: [
        { label: 'The organization’s clock', value: <Time at={of.clock.now} /> },
        { label: 'Difference from real time', value: of.clock.offset },
      ],
      change: link('Change', 'time'),
    },
    {
      title: 'Console access',
      facts: [{ label: 'Administrators', value: <Administrators {...of.administrators} /> }],
      change: link('Manage', 'access'),
    },
    {
      title: 'Mail',
      facts: [{ label: 'Every message', value: 'is kept in the mailbox' }],
      change: link('Show', 'mail'),
    },
  ];
}

/** What is refused and what is kept. */
function limitSections(of: SettingsSummary, link: SectionLink): SettingsSection[] {
  return [
    {
      title: 'Failed sign-ins and training',
      facts: [
        {
          label: 'One user may fail from one address',
          value: `${String(of.signIn.attemptsPerUser)} times in ${of.signIn.window}`,
        },
      ],
      change: link('Change', 'sign-in'),
    },
    { title: 'SAML', facts: factsOf(of.saml.slice(0, 2)), change: link('Change', 'saml') },
    {
      title: 'Quotas and limits',
      facts: [
        { label: 'AWS accounts and applications', value: grouped(of.limits.applications) },
        { label: 'Events that are kept', value: grouped(of.limits.events) },
      ],
      change: link('Show', 'limits'),
    },
  ];
}

const identityFacts = ({ organization, directoryId, region }: SettingsSummary): SettingsSection['facts'] => [
  { label: 'Identity source', value: 'The identity store of this instance' },
  { label: 'Directory id', value: <CopiedValue name="directory id" value={directoryId} /> },
  { label: 'Region', value: region },
  { label: 'Organization', value: <Named text={organization.name} /> },
  { label: 'Organization id', value: <CopiedValue name="organization id" value={organization.id} /> },
  { label: 'Management account', value: <CopiedValue name="account id" value={organization.accountId} /> },
];

const factsOf = (texts: readonly LabelledText[]): SettingsSection['facts'] =>
  texts.map(({ label, text }) => ({ label, value: <ValueOrNone text={text} /> }));

function Administrators({ names, more }: SettingsSummary['administrators']) {
  if (names.length === 0) return <span class="v-soft">none; operators of the server administer it</span>;
  return (
    <ul class="v-plain-list">
      {names.map(({ name, access }) => (
        <li key={name}>
          <Named text={name} /> ({access})
        </li>
      ))}
      {more && <li>and others</li>}
    </ul>
  );
}
