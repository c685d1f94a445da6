import type { Product, ProductPage, ProductUser } from './product.ts';

/** The accounts of a company. Finance closes the month, others may only look. */
export const ledger: Product = {
  name: 'ledger',
  displayName: 'Quarry Ledger',
  tagline: 'Accounts that add up.',
  about: 'Every booking of the company, the balance of each account, and what is left to do this month.',
  accent: 'slate',
  relayState: '/balances',
  role: { name: 'Accountant', groups: ['Finance'], otherwise: 'Auditor' },
  pages: (user) => [balances(user), journal(user), user.hasRole ? closing(user) : access(user)],
};

function balances({ name, hasRole, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'balances', tab: 'Balances', icon: 'chart-bar' },
    title: `Hello, ${name}`,
    lead: hasRole ? 'Three steps are left before the month can be closed.' : 'You may look at every account.',
    blocks: [
      {
        kind: 'figures',
        figures: [
          { label: 'Cash', value: '€ 412,908.11', note: `on ${day(-1)}` },
          { label: 'Owed to us', value: '€ 96,340.00', note: '12 invoices' },
          { label: 'Owed by us', value: '€ 38,117.64', note: '7 invoices' },
        ],
      },
      {
        kind: 'table',
        title: 'Accounts',
        columns: ['Account', 'Name', 'Balance'],
        rows: [
          ['1200', 'Bank', '€ 412,908.11'],
          ['1400', 'Customers', '€ 96,340.00'],
          ['3300', 'Suppliers', '− € 38,117.64'],
          ['6300', 'Travel', '€ 7,204.75'],
        ],
      },
    ],
  };
}

function journal({ day }: ProductUser): ProductPage {
  return {
    ...{ path: 'journal', tab: 'Journal', icon: 'notebook' },
    title: 'Journal',
    lead: 'The latest bookings.',
    blocks: [
      {
        kind: 'table',
        title: 'Bookings',
        columns: ['Text', 'Date', 'Debit', 'Credit', 'Amount'],
        rows: [
          ['Invoice of the electricity works', day(-1), '6325', '3300', '€ 1,310.20'],
          ['Payment of a customer in Porto', day(-1), '1200', '1400', '€ 12,400.00'],
          ['Hotel, two nights', day(-5), '6300', '1200', '€ 184.20'],
          ['Rent of the office', day(-8), '6310', '1200', '€ 5,200.00'],
        ],
      },
    ],
  };
}

function closing({ name, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'closing', tab: 'Closing', icon: 'circle-check' },
    title: 'Closing the month',
    lead: 'You see this page because you are in the group Finance.',
    blocks: [
      {
        kind: 'table',
        title: 'Steps',
        columns: ['Step', 'Who', 'Until', 'State'],
        rows: [
          ['Book the bank statements', 'Noor Khan', day(-1), { text: 'Done', tone: 'good' }],
          ['Compare the invoices of suppliers', name, day(1), { text: 'Open', tone: 'waiting' }],
          ['Write off the laptops', name, day(2), { text: 'Open', tone: 'waiting' }],
          ['Sign the report', 'Ines Duarte', day(4), { text: 'Open', tone: 'waiting' }],
        ],
      },
    ],
  };
}

function access({ email }: ProductUser): ProductPage {
  return {
    ...{ path: 'access', tab: 'Your access', icon: 'lock' },
    title: 'Your access',
    lead: `What ${email} may do here.`,
    blocks: [
      {
        kind: 'facts',
        title: 'Rights',
        facts: [
          { label: 'Balances and journal', value: 'Read' },
          { label: 'Book', value: 'Only members of the group Finance' },
          { label: 'Close a month', value: 'Only members of the group Finance' },
        ],
      },
    ],
  };
}
