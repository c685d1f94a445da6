import type { Product, ProductPage, ProductUser } from './product.ts';

/** Days off. Managers approve the requests of their team. */
export const holidays: Product = {
  name: 'holidays',
  displayName: 'Daybreak Holidays',
  tagline: 'Who is away, and until when.',
  about: 'Plan your days off, see who else is away, and know at once whether it works for the team.',
  accent: 'plum',
  relayState: '/my-days',
  role: { name: 'Manager', groups: ['Managers'], otherwise: 'Employee' },
  pages: (user) => [myDays(user), team(user), user.hasRole ? requests(user) : rules()],
};

function myDays({ name, hasRole, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'my-days', tab: 'My days', icon: 'calendar' },
    title: `Hello, ${name}`,
    lead: hasRole ? 'Two requests of your team wait for you.' : 'You have eleven days left this year.',
    blocks: [
      {
        kind: 'figures',
        figures: [
          { label: 'Left this year', value: '11 days' },
          { label: 'Taken', value: '14 days', note: 'of 25' },
          { label: 'Next', value: day(18), note: 'for three days' },
        ],
      },
      {
        kind: 'table',
        title: 'Your requests',
        columns: ['From', 'To', 'Days', 'State'],
        rows: [
          [day(18), day(20), '3', { text: 'Approved', tone: 'good' }],
          [day(61), day(72), '8', { text: 'Waiting for approval', tone: 'waiting' }],
          [day(-40), day(-36), '5', { text: 'Taken', tone: 'calm' }],
        ],
      },
    ],
  };
}

function team({ name, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'team', tab: 'Team', icon: 'users' },
    title: 'Who is away',
    lead: 'The next four weeks.',
    blocks: [
      {
        kind: 'table',
        title: 'Away',
        columns: ['Who', 'From', 'To', 'Stands in'],
        rows: [
          ['Ines Duarte', day(-2), day(3), 'Tova Lind'],
          ['Jonas Weber', day(9), day(11), name],
          [name, day(18), day(20), 'Noor Khan'],
        ],
      },
      {
        kind: 'text',
        title: 'Nobody is away',
        paragraphs: [`From ${day(12)} to ${day(17)} everybody works: a good week for the workshop.`],
      },
    ],
  };
}

function requests({ day }: ProductUser): ProductPage {
  return {
    ...{ path: 'requests', tab: 'Requests', icon: 'circle-check' },
    title: 'Requests of your team',
    lead: 'You see this page because you are in the group Managers.',
    blocks: [
      {
        kind: 'table',
        title: 'Waiting for you',
        columns: ['Who', 'From', 'To', 'Also away'],
        rows: [
          ['Tova Lind', day(25), day(29), 'nobody'],
          ['Jonas Weber', day(27), day(28), 'Tova Lind'],
        ],
      },
      {
        kind: 'table',
        title: 'Decided by you',
        columns: ['Who', 'From', 'To', 'Decision'],
        rows: [
          ['Ines Duarte', day(-2), day(3), { text: 'Approved', tone: 'good' }],
          ['Noor Khan', day(1), day(2), { text: 'Refused', tone: 'danger' }],
        ],
      },
    ],
  };
}

function rules(): ProductPage {
  return {
    ...{ path: 'rules', tab: 'Rules', icon: 'file-text' },
    title: 'Rules',
    lead: 'The same for everybody.',
    blocks: [
      {
        kind: 'facts',
        title: 'Days off',
        facts: [
          { label: 'In a year', value: '25 days' },
          { label: 'Kept for next year', value: 'At most 5 days, until the end of March' },
          { label: 'Asked for', value: 'Two weeks ahead; a single day two days ahead' },
          { label: 'Decided by', value: 'A member of the group Managers, within three days' },
        ],
      },
    ],
  };
}
