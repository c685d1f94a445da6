import assert from 'node:assert/strict';
import {
  applicationInputSchema,
  settingsOf,
} from '../../../../../src/domain/applications/application-input.ts';
import {
  DEFAULT_SETTINGS,
  type ApplicationSettings,
} from '../../../../../src/domain/applications/application.ts';
import { useTemplate } from '../../../../../src/domain/applications/catalogue/use-template.ts';
import { relyingPartyOf } from '../../../../../src/domain/applications/relying-party.ts';
import type { RelyingParty } from '../../../../../src/protocols/saml/types.ts';

const SLACK = { name: 'Slack', variables: { workspace: 'orchard' } };
const GITLAB = { name: 'GitLab', variables: { host: 'git.example.com' } };
const OWN = { entityId: 'https://own.example.com', acsUrls: ['https://own.example.com/acs'] };

type Input = Parameters<typeof useTemplate>[0] & Record<string, unknown>;
interface State {
  readonly settings: ApplicationSettings;
  readonly relyingParty: RelyingParty;
}

/** The application that results from an input, put together as the writing code does. */
async function after(input: object, before?: State): Promise<State> {
  // A field that is absent in a change is absent in the result of the schema, except the service provider.
  const whole = { displayName: 'X', serviceProvider: OWN, ...input };
  const parsed = applicationInputSchema.parse(whole) as Input;
  const read = 'serviceProvider' in input ? parsed : { ...parsed, serviceProvider: undefined };
  const used = await useTemplate(read, before);
  assert.ok(used.ok, JSON.stringify(used));
  const { base, serviceProvider } = used;
  const settings = settingsOf({ ...read, serviceProvider }, base);
  if (!serviceProvider) return { settings, relyingParty: before?.relyingParty ?? assert.fail() };
  assert.ok(serviceProvider.from === 'values');
  return { settings, relyingParty: relyingPartyOf(serviceProvider) };
}

const acsOf = ({ relyingParty }: State) => relyingParty.assertionConsumerServices.map(({ url }) => url);

async function faultsOf(input: Input, before?: State): Promise<string[]> {
  const used = await useTemplate(input, before);
  return used.ok ? [] : used.faults.map(({ path, message }) => `${path.join('/')}: ${message}`);
}

describe('the template of an application', () => {
  it('supplies the fields that the input leaves out', async () => {
    const made = await after({ template: SLACK });
    assert.deepEqual(acsOf(made), ['https://orchard.slack.com/sso/saml']);
    assert.equal(made.relyingParty.entityId, 'https://slack.com');
    assert.deepEqual(made.settings.subject, { value: null, format: 'persistent' });
    assert.deepEqual(
      made.settings.attributes.map(({ name }) => name),
      ['User.Email'],
    );
    assert.deepEqual(made.settings.template, SLACK);
    assert.equal(made.settings.sessionDuration, DEFAULT_SETTINGS.sessionDuration);
  });

  it('yields to the input, field by field', async () => {
    const attributes = [{ name: 'mail', value: '${user:email}' }];
    const made = await after({
      template: SLACK,
      serviceProvider: OWN,
      attributes,
      startUrl: 'https://orchard.slack.com/',
    });
    assert.deepEqual(acsOf(made), OWN.acsUrls);
    assert.deepEqual(made.settings.attributes, [{ ...attributes[0], format: 'unspecified' }]);
    assert.equal(made.settings.startUrl, 'https://orchard.slack.com/');
    assert.equal(made.settings.subject.format, 'persistent');
    // A part of a field overrides that part of the template.
    const other = await after({ template: { name: 'Miro' }, subject: { format: 'unspecified' } });
    assert.deepEqual(other.settings.subject, { value: '${user:email}', format: 'unspecified' });
  });

  it('is stored by its name, however the input spells it', async () => {
    const made = await after({
      template: { name: 'redash-io', variables: { host: 'r.example.com', organization: 'o' } },
    });
    assert.equal(made.settings.template?.name, 'Redash.io');
  });

  it('changes with its variables, except for fields that were changed since', async () => {
    const made = await after({ template: SLACK });
    const moved = { name: 'Slack', variables: { workspace: 'meadow' } };
    assert.deepEqual(acsOf(await after({ template: moved }, made)), ['https://meadow.slack.com/sso/saml']);
    const attributes = [{ name: 'mail', value: '${user:email}' }];
    const changed = await after({ attributes, relayState: 'x' }, made);
    const after2 = await after({ template: moved }, changed);
    assert.deepEqual(after2.settings.attributes, changed.settings.attributes);
    assert.equal(after2.settings.relayState, 'x');
    assert.deepEqual(after2.settings.template, moved);
    const own = await after({ serviceProvider: OWN }, made);
    assert.deepEqual(acsOf(await after({ template: moved }, own)), OWN.acsUrls);
  });

  it('changes nothing when it is the same', async () => {
    const changed = await after(
      { attributes: [], subject: { format: 'transient' } },
      await after({ template: SLACK }),
    );
    assert.deepEqual(await after({ template: SLACK }, changed), changed);
    assert.deepEqual(await after({}, changed), changed);
    // The catalogue no longer has this entry.
    const gone = { name: 'Gone', variables: { a: 'b' } };
    const old = { ...changed, settings: { ...changed.settings, template: gone } };
    assert.deepEqual(await after({ template: gone }, old), old);
  });

  it('replaces another template completely', async () => {
    const github = await after({ template: { name: 'Github', variables: { organization: 'orchard' } } });
    assert.equal(github.settings.startUrl, 'https://github.com/orgs/orchard/sso');
    const slack = await after({ template: SLACK }, github);
    assert.equal(slack.settings.startUrl, null);
    assert.deepEqual(slack, await after({ template: SLACK }));
    const miro = await after({ template: { name: 'Miro' } }, slack);
    assert.deepEqual(miro.settings.signing, { response: false, assertion: true });
    const gitlab = await after({ template: GITLAB }, miro);
    assert.deepEqual(gitlab, await after({ template: GITLAB }));
  });

  it('leaves the service provider of an application that had no template', async () => {
    const own = await after({ serviceProvider: OWN });
    const made = await after({ template: SLACK }, own);
    assert.deepEqual(made.relyingParty, own.relyingParty);
    assert.deepEqual(made.settings.subject, { value: null, format: 'persistent' });
  });

  it('can be removed, and its values stay', async () => {
    const made = await after({ template: SLACK });
    const { settings, relyingParty } = await after({ template: null }, made);
    assert.deepEqual({ ...settings, template: SLACK }, made.settings);
    assert.equal(settings.template, null);
    assert.deepEqual(relyingParty, made.relyingParty);
  });

  it('can be a name in the catalogue without further data', async () => {
    const made = await after({ template: { name: 'Zendesk' }, serviceProvider: OWN });
    assert.deepEqual(made.settings, { ...DEFAULT_SETTINGS, template: { name: 'Zendesk', variables: {} } });
  });

  it('is refused with the field and the reason', async () => {
    const given = async (template: Input['template'], before?: State) =>
      (await faultsOf({ template }, before)).join('\n');
    assert.match(
      await given({ name: 'Wiki', variables: {} }),
      /^template\/name: The catalogue has no application “Wiki”/,
    );
    assert.match(
      await given({ name: 'Slack', variables: {} }),
      /^template\/variables\/workspace: Give Workspace/,
    );
    assert.match(
      await given({ name: 'Slack', variables: { workspace: 'evil.example/' } }),
      /^template\/variables\/workspace: Workspace must be/,
    );
    assert.match(
      await given({ name: 'Slack', variables: { workspace: 'a', domain: 'b' } }),
      /^template\/variables\/domain: .*It has workspace\.$/,
    );
    assert.match(
      await given({ name: 'Zendesk', variables: { domain: 'a' } }),
      /^template\/variables\/domain: The template for Zendesk has no variable/,
    );
    assert.match(
      await given({ name: 'Zendesk', variables: {} }),
      /^serviceProvider: Zendesk has no template: give its/,
    );
    assert.match(
      await given({ name: 'Datadog', variables: {} }),
      /^serviceProvider: The template for Datadog doesn’t know the whole .*the one with \/id\/ in it/,
    );
    assert.match(await given(null), /^serviceProvider: Give the service provider/);
    // An application that has a service provider keeps it.
    assert.equal(await given({ name: 'Datadog', variables: {} }, await after({ template: SLACK })), '');
  });

  it('is required when there is no service provider', () => {
    const faults = (input: object) =>
      applicationInputSchema.safeParse(input).error?.issues.map(({ path }) => path.join('/'));
    assert.deepEqual(faults({ displayName: 'X' }), ['serviceProvider']);
    assert.deepEqual(faults({ displayName: 'X', template: null }), ['serviceProvider']);
    assert.equal(faults({ displayName: 'X', template: { name: 'Slack' } }), undefined);
    assert.deepEqual(faults({ displayName: 'X', template: { name: 5, variables: [] } })?.sort(), [
      'template/name',
      'template/variables',
    ]);
  });
});
