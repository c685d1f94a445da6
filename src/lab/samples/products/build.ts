import type { Product, ProductPage, ProductUser } from './product.ts';

/** Builds and deployments. Managers approve a deployment. */
export const build: Product = {
  name: 'build',
  displayName: 'Millrace Builds',
  tagline: 'Every change built, every night tested.',
  about: 'Builds each change, runs the tests, and keeps the log of what went wrong and when.',
  accent: 'moss',
  relayState: '/pipelines',
  role: { name: 'Maintainer', groups: ['Managers'], otherwise: 'Developer' },
  pages: (user) => [pipelines(user), failedBuild(user), user.hasRole ? deployments(user) : agents()],
};

function pipelines({ name, hasRole, day, hrefOf }: ProductUser): ProductPage {
  return {
    ...{ path: 'pipelines', tab: 'Pipelines', icon: 'git-branch' },
    title: `Hello, ${name}`,
    lead: hasRole ? 'One deployment waits for your approval.' : 'One of your builds failed last night.',
    blocks: [
      {
        kind: 'figures',
        figures: [
          { label: 'Builds today', value: '14', note: '13 passed' },
          { label: 'Median time', value: '6 min', note: '40 seconds less than last week' },
          { label: 'Waiting', value: '0', note: 'four agents are free' },
        ],
      },
      {
        kind: 'entries',
        title: 'Latest builds',
        entries: [
          {
            title: 'storefront #412',
            detail: `${name}, “Round prices once”, ${day(0)}`,
            href: hrefOf('storefront-412'),
            badge: { text: 'Failed', tone: 'danger' },
          },
          {
            title: 'billing #1087',
            detail: `Jonas Weber, “Send receipts as PDF”, ${day(0)}`,
            badge: { text: 'Passed', tone: 'good' },
          },
          {
            title: 'billing #1086',
            detail: `Tova Lind, “Drop an unused column”, ${day(-1)}`,
            badge: { text: 'Passed', tone: 'good' },
          },
        ],
      },
    ],
  };
}

function failedBuild({ name, email, day }: ProductUser): ProductPage {
  return {
    path: 'storefront-412',
    title: 'storefront #412',
    lead: `Failed on ${day(0)}. A message went to ${email}.`,
    blocks: [
      {
        kind: 'facts',
        title: 'The change',
        facts: [
          { label: 'Author', value: name },
          { label: 'Branch', value: 'round-prices' },
          { label: 'Commit', value: '7c1e0da, “Round prices once”' },
          { label: 'Duration', value: '4 minutes 12 seconds' },
        ],
      },
      {
        kind: 'log',
        title: 'Log',
        lines: [
          '02:14:07  Checking out 7c1e0da',
          '02:14:09  npm ci',
          '02:15:02  npm test',
          '02:18:16  811 passing, 1 failing',
          '',
          '  1) cart: adds up the prices of three items',
          '     expected 29.97, received 29.98',
          '     at test/cart.test.ts:41:12',
          '',
          '02:18:19  Failed with exit code 1',
        ],
      },
    ],
  };
}

function deployments({ name, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'deployments', tab: 'Deployments', icon: 'rocket' },
    title: 'Deployments',
    lead: 'You see this page because you are in the group Managers.',
    blocks: [
      {
        kind: 'table',
        title: 'To production',
        columns: ['Build', 'Asked by', 'Approved by', 'State'],
        rows: [
          ['billing #1087', 'Jonas Weber', 'nobody yet', { text: 'Waiting for you', tone: 'waiting' }],
          ['storefront #409', 'Tova Lind', name, { text: `Running since ${day(-2)}`, tone: 'good' }],
          ['billing #1079', 'Jonas Weber', name, { text: 'Replaced', tone: 'calm' }],
        ],
      },
    ],
  };
}

function agents(): ProductPage {
  return {
    ...{ path: 'agents', tab: 'Agents', icon: 'server' },
    title: 'Agents',
    lead: 'The machines that run the builds.',
    blocks: [
      {
        kind: 'table',
        title: 'Machines',
        columns: ['Name', 'System', 'State'],
        rows: [
          ['millrace-1', 'Debian 12, 8 cores', { text: 'Free', tone: 'good' }],
          ['millrace-2', 'Debian 12, 8 cores', { text: 'Free', tone: 'good' }],
          ['millrace-3', 'Windows Server 2022', { text: 'Restarting', tone: 'waiting' }],
        ],
      },
    ],
  };
}
