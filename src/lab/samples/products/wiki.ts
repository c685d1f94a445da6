import type { Product, ProductPage, ProductUser } from './product.ts';

/** Pages about how the company works. Engineering writes them, everybody reads them. */
export const wiki: Product = {
  name: 'wiki',
  displayName: 'Lantern Wiki',
  tagline: 'How everything works, written down.',
  about: 'One place for what a team needs to know, with the name of somebody to ask at the end of each page.',
  accent: 'ocean',
  relayState: '/pages/welcome',
  role: { name: 'Editor', groups: ['Engineering'], otherwise: 'Reader' },
  pages: (user) => [
    welcome(user),
    { ...firstDay(user), tab: 'First day', icon: 'map' },
    ...(user.hasRole ? [drafts(user)] : []),
    onCall(user),
  ],
};

function welcome({ name, hasRole, day, hrefOf }: ProductUser): ProductPage {
  return {
    ...{ path: 'welcome', tab: 'Start', icon: 'book' },
    title: `Hello, ${name}`,
    lead: hasRole ? 'You may read and change every page.' : 'You may read every page.',
    blocks: [
      {
        kind: 'entries',
        title: 'Pages that people read most',
        entries: [
          {
            title: 'Your first day',
            detail: 'Keys, laptop, lunch, and whom to ask',
            href: hrefOf('first-day'),
          },
          {
            title: 'When something breaks at night',
            detail: 'Who is called, and what to try first',
            href: hrefOf('on-call'),
          },
        ],
      },
      {
        kind: 'table',
        title: 'Changed lately',
        columns: ['Page', 'By', 'When'],
        rows: [
          ['When something breaks at night', 'Jonas Weber', day(-1)],
          ['Your first day', 'Tova Lind', day(-6)],
          ['How we name things', 'Noor Khan', day(-9)],
        ],
      },
    ],
  };
}

function firstDay({ name, day }: ProductUser): ProductPage {
  return {
    path: 'first-day',
    title: 'Your first day',
    lead: `Last changed by Tova Lind on ${day(-6)}.`,
    blocks: [
      {
        kind: 'text',
        title: 'In the morning',
        paragraphs: [
          'Somebody of the team meets you at the door at nine. You get a key, a laptop and a seat near a window.',
          `Sign in once, as you did here, ${name}: the same account opens mail, this wiki and everything else in the portal.`,
        ],
      },
      {
        kind: 'text',
        title: 'At noon',
        paragraphs: ['The team eats together. Say so if there is something that you don’t eat.'],
      },
      {
        kind: 'facts',
        title: 'Whom to ask',
        facts: [
          { label: 'Laptop and accounts', value: 'Jonas Weber' },
          { label: 'Contract and holidays', value: 'Ines Duarte' },
        ],
      },
    ],
  };
}

function drafts({ name, day }: ProductUser): ProductPage {
  return {
    ...{ path: 'drafts', tab: 'Drafts', icon: 'edit' },
    title: 'Drafts',
    lead: 'You see this page because you are in the group Engineering.',
    blocks: [
      {
        kind: 'table',
        title: 'Not published yet',
        columns: ['Page', 'Writer', 'Begun', 'State'],
        rows: [
          ['How we release', name, day(-3), { text: 'Draft', tone: 'calm' }],
          ['Choosing a database', 'Jonas Weber', day(-5), { text: 'In review', tone: 'waiting' }],
        ],
      },
    ],
  };
}

function onCall({ day }: ProductUser): ProductPage {
  return {
    path: 'on-call',
    title: 'When something breaks at night',
    lead: `Last changed by Jonas Weber on ${day(-1)}.`,
    blocks: [
      {
        kind: 'text',
        title: 'First',
        paragraphs: [
          'Look at the dashboard before you restart anything. Write down the time and what you saw.',
          'If customers notice, tell them within fifteen minutes, even when you don’t know the cause yet.',
        ],
      },
      {
        kind: 'table',
        title: 'Who is called',
        columns: ['Week from', 'First', 'Second'],
        rows: [
          [day(0), 'Jonas Weber', 'Tova Lind'],
          [day(7), 'Tova Lind', 'Noor Khan'],
        ],
      },
    ],
  };
}
