import type { Product, ProductPage, ProductUser } from './product.ts';

/** Claims for money spent at work. Managers and Finance approve the claims of others. */
export const expenses: Product = {
  name: 'expenses',
  displayName: 'Harbour Expenses',
  tagline: 'Expenses, settled by Friday.',
  about: 'Hand in what you spent, see who approves it, and have the money back by the end of the week.',
  accent: 'rust',
  relayState: '/reports/open',
  role: { name: 'Approver', groups: ['Managers', 'Finance'], otherwise: 'Employee' },
  pages: (user) => [overview(user), claims(user), user.hasRole ? approvals(user) : rules()],
};

function overview({ name, hasRole, day, hrefOf }: ProductUser): ProductPage {
  return {
    ...{ path: 'overview', tab: 'Overview', icon: 'chart-pie' },
    title: `Hello, ${name}`,
    lead: hasRole
      ? 'Two claims of your colleagues wait for you.'
      : 'One of your claims waits for its approval.',
    blocks: [
      {
        kind: 'figures',
        figures: [
          { label: 'To be paid to you', value: '€ 184.20', note: `on ${day(4)}` },
          { label: 'Waiting for approval', value: '€ 61.00', note: 'one claim' },
          hasRole
            ? { label: 'For you to approve', value: '2 claims', note: '€ 436.90' }
            : { label: 'Paid this year', value: '€ 1,204.75', note: '17 claims' },
        ],
      },
      {
        kind: 'entries',
        title: 'What happened lately',
        entries: [
          {
            title: 'Train to the customer in Porto',
            detail: `€ 61.00, handed in on ${day(-1)}`,
            href: hrefOf('claims'),
            badge: { text: 'Waiting', tone: 'waiting' },
          },
          {
            title: 'Hotel, two nights',
            detail: `€ 184.20, approved by Noor Khan on ${day(-3)}`,
            href: hrefOf('claims'),
            badge: { text: 'Approved', tone: 'good' },
          },
        ],
      },
    ],
  };
}

function claims({ name, email, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'claims', tab: 'My claims', icon: 'receipt' },
    title: 'My claims',
    lead: `Handed in by ${name} (${email}).`,
    blocks: [
      {
        kind: 'table',
        title: 'Claims of the last weeks',
        columns: ['Claim', 'Date', 'Amount', 'State'],
        rows: [
          [
            'Train to the customer in Porto',
            day(-1),
            '€ 61.00',
            { text: 'Waiting for approval', tone: 'waiting' },
          ],
          ['Hotel, two nights', day(-5), '€ 184.20', { text: `Paid on ${day(4)}`, tone: 'good' }],
          ['Lunch with the auditors', day(-12), '€ 47.50', { text: 'Paid', tone: 'calm' }],
          ['Taxi without a receipt', day(-13), '€ 23.00', { text: 'Refused', tone: 'danger' }],
          ['A keyboard for the office', day(-20), '€ 89.90', { text: 'Paid', tone: 'calm' }],
        ],
      },
    ],
  };
}

function approvals({ day }: ProductUser): ProductPage {
  return {
    ...{ path: 'approvals', tab: 'Approvals', icon: 'circle-check' },
    title: 'Approvals',
    lead: 'You see this page because you are in the group Managers or Finance.',
    blocks: [
      {
        kind: 'table',
        title: 'Waiting for you',
        columns: ['Employee', 'Claim', 'Amount', 'Handed in'],
        rows: [
          ['Jonas Weber', 'Flight to the conference in Tallinn', '€ 318.40', day(-2)],
          ['Ines Duarte', 'Team dinner, six people', '€ 118.50', day(-1)],
        ],
      },
      {
        kind: 'table',
        title: 'Approved by you',
        columns: ['Employee', 'Claim', 'Amount', 'Approved'],
        rows: [
          ['Jonas Weber', 'Course about databases', '€ 640.00', day(-6)],
          ['Tova Lind', 'Parking', '€ 14.00', day(-9)],
        ],
      },
    ],
  };
}

function rules(): ProductPage {
  return {
    ...{ path: 'rules', tab: 'Rules', icon: 'file-text' },
    title: 'Rules',
    lead: 'What the company pays back.',
    blocks: [
      {
        kind: 'facts',
        title: 'Limits',
        facts: [
          { label: 'Meals on a journey', value: '€ 45.00 a day' },
          { label: 'Hotel', value: '€ 140.00 a night' },
          { label: 'Train', value: 'Second class; first class from three hours' },
          { label: 'Receipt', value: 'From € 20.00' },
        ],
      },
      {
        kind: 'text',
        title: 'Who approves',
        paragraphs: [
          'A claim goes to a member of the group Managers or Finance. What is approved by Wednesday is paid on Friday.',
        ],
      },
    ],
  };
}
