import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { applicationInputSchema } from '../../../../../src/domain/applications/application-input.ts';
import { compileTemplate } from '../../../../../src/domain/applications/attribute-template.ts';
import {
  findCatalogueEntry,
  listCatalogue,
  loadCatalogue,
  type Catalogue,
} from '../../../../../src/domain/applications/catalogue/catalogue.ts';
import { resolveTemplate } from '../../../../../src/domain/applications/catalogue/resolve.ts';
import { templateSchema } from '../../../../../src/domain/applications/catalogue/template.ts';
import { skipAloud } from '../../../../support/basics/skip.ts';

const guide = new URL('../../../../../../shared/seeds/003_656b4954a5afb562.txt', import.meta.url);

/** The names in the guide's table, whose text has tabs between columns and is split by pages. */
function namesOfTheGuide(): string[] {
  const lines = readFileSync(guide, 'utf8').split('\n');
  const from = lines.lastIndexOf('Supported applications');
  const to = lines.indexOf('Add and configure a cloud application', from);
  const rows = lines.slice(from, to).filter((line) => line.includes('\t'));
  const cells = rows.map((row) => row.split('\t').map((cell) => cell.trim()));
  return [0, 1, 2, 3, 4].flatMap((column) => cells.map((row) => row[column] ?? '')).filter(Boolean);
}

const exampleValues = (template: NonNullable<Catalogue[number]['template']>) =>
  Object.fromEntries(template.variables.map(({ name, example }) => [name, example]));

describe('the catalogue of applications', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue();
  });

  it('has every name of the guide in its spelling, and no other', function () {
    if (!existsSync(guide)) skipAloud(this, '../shared/seeds/003_656b4954a5afb562.txt is not here');
    const names = namesOfTheGuide();
    assert.equal(names.length, 308);
    assert.deepEqual(
      catalogue.map(({ name }) => name),
      names,
    );
  });

  it('has 308 names, each with an address of its own, and 35 templates, 22 of which know the service provider', () => {
    assert.equal(catalogue.length, 308);
    assert.equal(new Set(catalogue.map(({ name }) => name)).size, 308);
    assert.equal(new Set(catalogue.map(({ slug }) => slug)).size, 308);
    const templates = catalogue.flatMap(({ template }) => template ?? []);
    assert.equal(templates.length, 35);
    const known = templates.filter(({ serviceProvider }) => serviceProvider.missing === undefined);
    assert.equal(known.length, 22);
  });

  it('turns every template, with its examples, into a valid application', () => {
    for (const { name, template } of catalogue) {
      if (!template) continue;
      const result = resolveTemplate(template, exampleValues(template));
      assert.ok(result.ok, name);
      const { startUrl, relayState, subject, attributes, groupValues, signing, serviceProvider } =
        result.resolved;
      const other = { entityId: 'https://sp.example.com', acsUrls: ['https://sp.example.com/acs'] };
      const given = { startUrl, relayState, subject, attributes, groupValues, signing };
      const read = applicationInputSchema.safeParse({
        displayName: name,
        serviceProvider: serviceProvider ?? other,
        ...given,
      });
      assert.ok(read.success, `${name}: ${read.error?.message ?? ''}`);
      for (const { value } of attributes ?? []) assert.ok(compileTemplate(value).ok, `${name}: ${value}`);
    }
  });

  it('cites for every template its vendor’s own pages, by https', () => {
    // The hosts of vendors' own pages and repositories. A new template adds its vendor's host here, so that a reviewer
    // checks it.
    const vendors: Readonly<Record<string, RegExp>> = {
      Aha: /(^|\.)aha\.io$/,
      AppDynamics: /^docs\.appdynamics\.com$/,
      Dropbox: /^help\.dropbox\.com$/,
      Dynatrace: /^docs\.dynatrace\.com$/,
      Fivetran: /^fivetran\.com$/,
      Github: /^docs\.github\.com$/,
      HappyFox: /^support\.happyfox\.com$/,
      'JFrog Artifactory': /^jfrog\.com$/,
      KnowledgeOwl: /^support\.knowledgeowl\.com$/,
      LiquidFiles: /^man\.liquidfiles\.com$/,
      Marketo: /^experienceleague\.adobe\.com$/,
      Miro: /^help\.miro\.com$/,
      Slack: /^slack\.com$/,
      Smartsheet: /^www\.smartsheet\.com$/,
      'Splunk Cloud': /^docs\.splunk\.com$/,
      TalentLMS: /^help\.talentlms\.com$/,
      ThousandEyes: /^(docs|success)\.thousandeyes\.com$/,
      'Trend Micro Deep Security': /\.trendmicro\.com$/,
      UserVoice: /\.uservoice\.com$/,
      VictorOps: /^docs\.splunk\.com$/,
      Rollbar: /^docs\.rollbar\.com$/,
    };
    const repositories: Readonly<Record<string, string>> = {
      Buildkite: 'buildkite/docs',
      Datadog: 'DataDog/documentation',
      Expensify: 'Expensify/App',
      GitLab: 'gitlabhq/gitlabhq',
      Jenkins: 'jenkinsci/saml-plugin',
      NewRelic: 'newrelic/docs-website',
      Office365: 'MicrosoftDocs/entra-docs',
      'Redash.io': 'getredash/website',
      Rollbar: 'rollbar/docs',
      'Sentry.io': 'getsentry/sentry-docs',
      ServiceNow: 'ServiceNow/ServiceNowDocs',
      SonarQube: 'SonarSource/sonarqube',
      SparkPost: 'SparkPost/support-docs',
      Spinnaker: 'spinnaker/spinnaker.io',
      SumoLogic: 'SumoLogic/sumologic-documentation',
    };
    for (const { name, template } of catalogue) {
      for (const { url } of template?.sources ?? []) {
        const { protocol, hostname, pathname } = new URL(url);
        assert.equal(protocol, 'https:', url);
        const inRepository =
          hostname === 'github.com' &&
          pathname.startsWith(`/${repositories[name] ?? '?'}/blob/`) &&
          /^[0-9a-f]{40}$/.test(pathname.split('/')[4] ?? '');
        assert.ok(inRepository || vendors[name]?.test(hostname), `${name}: ${url}`);
      }
    }
  });

  it('finds an entry by its name and by its slug', async () => {
    const byName = await findCatalogueEntry('Sentry.io');
    assert.equal(byName?.slug, 'sentry-io');
    assert.equal(byName, await findCatalogueEntry('sentry-io'));
    assert.equal((await findCatalogueEntry('Zendesk'))?.template, undefined);
    for (const none of ['', 'Wiki', '__proto__', 'sentry.io']) {
      assert.equal(await findCatalogueEntry(none), undefined, none);
    }
  });

  it('lists entries by a part of their name in any case, and those with a template', async () => {
    const named = (all: Catalogue) => all.map(({ name }) => name);
    assert.deepEqual(named(await listCatalogue({ name: 'GIT' })), ['GitBook', 'Github', 'GitLab']);
    assert.deepEqual(named(await listCatalogue({ name: 'git', hasTemplate: true })), ['Github', 'GitLab']);
    assert.deepEqual(named(await listCatalogue({ name: 'git', hasTemplate: false })), ['GitBook']);
    assert.equal((await listCatalogue()).length, 308);
    assert.deepEqual(await listCatalogue({ name: 'no such application' }), []);
  });
});

describe('the form of a template', () => {
  const good = {
    name: 'Wiki',
    variables: [
      { name: 'domain', kind: 'label', label: 'Domain', description: 'Yours.', example: 'acme' },
      { name: 'key', kind: 'text', label: 'Key', description: 'Yours.', example: 'a/b:c' },
    ],
    serviceProvider: { entityId: '${key}', acsUrl: 'https://${domain}.wiki.example/acs' },
    steps: [{ text: 'Do it.' }],
    sources: [{ title: 'Wiki', url: 'https://wiki.example/', facts: ['serviceProvider', 'steps'] }],
  };
  const faultsOf = (change: object) => {
    const read = templateSchema.safeParse({ ...good, ...change });
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  it('is accepted when it is valid', () => assert.deepEqual(faultsOf({}), []));

  for (const [what, change, fault] of [
    [
      'a variable that is not declared',
      { serviceProvider: { entityId: '${key}', acsUrl: 'https://${domain}.${zone}/acs' } },
      /no variable zone/,
    ],
    [
      'an unused variable',
      { serviceProvider: { entityId: 'x', acsUrl: 'https://${domain}.wiki.example/' } },
      /key is used nowhere/,
    ],
    [
      'a text in a host',
      { serviceProvider: { entityId: '${domain}', acsUrl: 'https://${key}.wiki.example/' } },
      /key can’t be part of a host/,
    ],
    [
      'a text in a path',
      { serviceProvider: { entityId: '${domain}', acsUrl: 'https://wiki.example/${key}' } },
      /text, which can’t be part of an address/,
    ],
    [
      'an address of another scheme',
      { serviceProvider: { entityId: '${key}${domain}', acsUrl: 'javascript:alert(1)' } },
      /begins with http/,
    ],
    [
      'a scheme from a variable',
      { serviceProvider: { entityId: '${key}', acsUrl: '${domain}://wiki.example/' } },
      /begins with http/,
    ],
    [
      'a missing value without a note',
      { serviceProvider: { entityId: '${key}${domain}' } },
      /Give a note in missing/,
    ],
    [
      'a note on a value that isn’t missing',
      { serviceProvider: { ...good.serviceProvider, missing: 'Look there.' } },
      /only then/,
    ],
    [
      'a fact without a source',
      { sources: [{ ...good.sources[0], facts: ['steps'] }] },
      /serviceProvider: cite a source/,
    ],
    [
      'a source without a fact',
      { sources: [{ ...good.sources[0], facts: ['serviceProvider', 'steps', 'signing'] }] },
      /signing: cite a source/,
    ],
    [
      'a source by http',
      { sources: [{ ...good.sources[0], url: 'http://wiki.example/' }] },
      /sources\.0\.url/,
    ],
    [
      'an unknown attribute of users',
      {
        attributes: [{ name: 'a', value: '${user:shoe}' }],
        sources: [{ ...good.sources[0], facts: ['serviceProvider', 'steps', 'attributes'] }],
      },
      /user:shoe/,
    ],
    [
      'an example that its own variable refuses',
      { variables: [{ ...good.variables[0], example: 'a.b' }, good.variables[1]] },
      /variables\.0\.example/,
    ],
    [
      'a NameID that can’t be generated',
      {
        subject: { format: 'emailAddress' },
        sources: [{ ...good.sources[0], facts: ['serviceProvider', 'steps', 'subject'] }],
      },
      /needs a value/,
    ],
    ['an unknown key', { color: 'red' }, /color/],
  ] as const) {
    it(`refuses ${what}`, () => assert.match(faultsOf(change).join('\n'), fault));
  }
});
