import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { assertProblem, PUBLIC_ORIGIN, startControl, type ControlServer } from '../../control-server.ts';

const APPLICATIONS = '/organizations/default/applications';
const OWN = { entityId: 'https://own.example.com', acsUrls: ['https://own.example.com/acs'] };
const SLACK = { name: 'Slack', variables: { workspace: 'orchard' } };

/** The fields of these answers that other tests don't read. */
interface Catalogued {
  items: { name: string; slug: string; hasTemplate: boolean }[];
  cursor: string | null;
  name: string;
  slug: string;
  template: {
    variables: unknown;
    serviceProvider: { entityId: string | null; acsUrl: string | null; missing: string | null };
    subject: unknown;
    sources: { url: string }[];
    name: string;
  } | null;
  steps: { text: string; values: { label: string; name: string; value: string }[] }[];
  values: Record<string, string>;
  sources: { title: string; url: string }[];
}

describe('the catalogue in the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
  });
  afterEach(() => server.close());

  // The schemas of the routes have checked the fields.
  const get = async (path: string) => (await server.get(path)).body as unknown as Catalogued;

  it('lists its names, page by page', async () => {
    const names: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const page: Catalogued = await get(`/catalogue?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
      names.push(...page.items.map(({ name }) => name));
      ({ cursor } = page);
      pages += 1;
    }
    assert.equal(pages, 4);
    assert.equal(new Set(names).size, 308);
    const git = await get('/catalogue?name=git');
    assert.deepEqual(git, {
      items: [
        { name: 'GitBook', slug: 'gitbook', hasTemplate: false },
        { name: 'Github', slug: 'github', hasTemplate: true },
        { name: 'GitLab', slug: 'gitlab', hasTemplate: true },
      ],
      cursor: null,
    });
    assert.equal((await get('/catalogue?hasTemplate=true')).items.length, 35);
    const [first] = (await get('/catalogue?name=git&limit=1')).items;
    assert.equal(first?.name, 'GitBook');
    assertProblem(await server.get('/catalogue?cursor=nowhere'), 400, 'ValidationException', '/cursor');
    assertProblem(await server.get('/catalogue?hasTemplate=1'), 400, 'ValidationException', '/hasTemplate');
  });

  it('shows an entry by its name and by its slug, with its data and their source', async () => {
    const entry = await get('/catalogue/Slack');
    assert.deepEqual(entry, await get('/catalogue/slack'));
    assert.deepEqual(entry.template?.serviceProvider, {
      entityId: 'https://slack.com',
      acsUrl: 'https://${workspace}.slack.com/sso/saml',
      missing: null,
    });
    assert.match(entry.template.sources[0]?.url ?? '', /^https:\/\/slack\.com\//);
    assert.equal((await get('/catalogue/Zendesk')).template, null);
    assert.match((await get('/catalogue/datadog')).template?.serviceProvider.missing ?? '', /\/id\//);
    assertProblem(await server.get('/catalogue/wiki'), 404, 'ResourceNotFoundException');
  });

  it('creates an application, and changes it', async () => {
    const made = await server.post(APPLICATIONS, { displayName: 'Chat', key: 'chat', template: SLACK });
    assert.equal(made.status, 201);
    assert.deepEqual(made.body.serviceProvider.acsUrls, ['https://orchard.slack.com/sso/saml']);
    const chat = `${APPLICATIONS}/chat`;
    assert.deepEqual(((await get(chat)) as unknown as { template: unknown }).template, SLACK);
    const moved = await server.patch(chat, {
      template: { name: 'Slack', variables: { workspace: 'meadow' } },
    });
    assert.deepEqual(moved.body.serviceProvider.acsUrls, ['https://meadow.slack.com/sso/saml']);
    assert.equal(moved.body.version, 2);
    // The same template again changes nothing.
    const again = { template: { name: 'slack', variables: { workspace: 'meadow' } } };
    assert.equal((await server.patch(chat, again)).body.version, 2);
    const own = await server.patch(chat, { serviceProvider: OWN });
    assert.deepEqual(own.body.serviceProvider.acsUrls, OWN.acsUrls);
    const back = await server.patch(chat, { template: SLACK });
    assert.deepEqual(back.body.serviceProvider.acsUrls, OWN.acsUrls, 'what was given stays');
  });

  it('refuses unusable values, with every field, and changes nothing', async () => {
    const post = (body: object) => server.post(APPLICATIONS, { displayName: 'X', key: 'x', ...body });
    const template = (name: string, variables: object) => ({ template: { name, variables } });
    const bad = 'ValidationException';
    assertProblem(await post(template('Wiki', {})), 400, bad, '/template/name');
    assertProblem(await post(template('Slack', {})), 400, bad, '/template/variables/workspace');
    assertProblem(
      await post(template('Redash.io', { host: 'a@b', 'x/y': 'z' })),
      400,
      bad,
      '/template/variables/host',
      '/template/variables/organization',
      '/template/variables/x~1y',
    );
    assertProblem(await post(template('Zendesk', {})), 400, bad, '/serviceProvider');
    assertProblem(await post(template('Datadog', {})), 400, bad, '/serviceProvider');
    assertProblem(await post({}), 400, bad, '/serviceProvider');
    assertProblem(await post({ template: { name: 'Slack', colour: 1 } }), 400, bad, '/template/colour');
    assert.deepEqual((await server.get(APPLICATIONS)).body.items, []);

    await post({ ...template('Zendesk', {}), serviceProvider: OWN });
    assertProblem(
      await server.patch(`${APPLICATIONS}/x`, template('Slack', { workspace: 'evil.example/' })),
      400,
      bad,
      '/template/variables/workspace',
    );
    assert.equal((await server.get(`${APPLICATIONS}/x`)).body.version, 1);
  });

  it('explains the set-up step by step, with this instance’s values to copy', async () => {
    const { body: made } = await server.post(APPLICATIONS, {
      displayName: 'Chat',
      key: 'chat',
      template: SLACK,
    });
    const { steps, values, sources } = await get(`${APPLICATIONS}/chat/instructions`);
    const [certificate] = (await server.get(`${APPLICATIONS}/chat/certificates`)).body.items as unknown as {
      certificatePem: string;
      sha256Fingerprint: string;
    }[];
    const saml = `${PUBLIC_ORIGIN}/${server.tenant.instance.directoryId}/saml`;
    const pem = certificate?.certificatePem ?? '';
    assert.deepEqual(values, {
      issuer: `${saml}/assertion/${made.id}`,
      ssoUrl: `${saml}/assertion/${made.id}`,
      metadataUrl: `${saml}/metadata/${made.id}`,
      certificateUrl: `${saml}/certificate/${made.id}`,
      certificate: pem,
      sha1Fingerprint: new X509Certificate(pem).fingerprint,
      sha256Fingerprint: certificate?.sha256Fingerprint,
      audience: 'https://slack.com',
      acsUrl: 'https://orchard.slack.com/sso/saml',
    });
    assert.equal(steps.length, 3);
    assert.deepEqual(steps[1]?.values, [
      { label: 'SAML 2.0 endpoint', name: 'ssoUrl', value: values['ssoUrl'] },
      { label: 'Identity provider issuer', name: 'issuer', value: values['issuer'] },
      { label: 'Public certificate', name: 'certificate', value: pem },
    ]);
    assert.match(sources[0]?.url ?? '', /slack\.com/);
    assert.doesNotMatch(JSON.stringify({ steps, values }), /PRIVATE/);
  });

  it('explains for any other application the steps that are always the same', async () => {
    await server.post(APPLICATIONS, { displayName: 'Own', key: 'own', serviceProvider: OWN });
    await server.post(APPLICATIONS, {
      displayName: 'Desk',
      template: { name: 'Zendesk' },
      serviceProvider: OWN,
    });
    for (const key of ['own', 'desk']) {
      const { steps, values, sources } = await get(`${APPLICATIONS}/${key}/instructions`);
      assert.deepEqual(sources, []);
      const shown = new Set(steps.flatMap((step) => step.values.map(({ name }) => name)));
      // No step asks for the address of the certificate, which the metadata contains.
      assert.deepEqual(
        Object.keys(values).filter((name) => !shown.has(name)),
        ['certificateUrl'],
      );
      assert.equal(values['audience'], OWN.entityId);
    }
    assertProblem(await server.get(`${APPLICATIONS}/none/instructions`), 404, 'ResourceNotFoundException');
  });
});
