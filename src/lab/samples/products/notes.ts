import type { Product } from './product.ts';

/** Notebooks of a team. Everybody may read and write the same. */
export const notes: Product = {
  name: 'notes',
  displayName: 'Orchard Notes',
  tagline: 'Everything your team wrote down.',
  about: 'Notebooks for a team: what was said in a meeting, what to do next, and where that recipe was.',
  accent: 'violet',
  relayState: '/notebooks/today',
  pages: ({ name, email, groups, day, hrefOf }) => [
    {
      ...{ path: 'today', tab: 'Today', icon: 'notebook' },
      title: `Hello, ${name}`,
      lead: 'Your team wrote two notes since yesterday.',
      blocks: [
        {
          kind: 'entries',
          title: 'New notes',
          entries: [
            {
              title: 'Monday meeting',
              detail: `Tova Lind, ${day(0)}`,
              href: hrefOf('meeting'),
            },
            {
              title: 'What we learned from the release',
              detail: `Jonas Weber, ${day(-1)}`,
              href: hrefOf('release'),
            },
          ],
        },
        {
          kind: 'entries',
          title: 'To do',
          entries: [
            {
              title: 'Read the notes of the release',
              detail: `${name}, until ${day(2)}`,
              badge: { text: 'Open', tone: 'waiting' },
            },
            {
              title: 'Order fruit for the kitchen',
              detail: 'Ines Duarte',
              badge: { text: 'Done', tone: 'good' },
            },
          ],
        },
      ],
    },
    {
      ...{ path: 'profile', tab: 'Profile', icon: 'user' },
      title: name,
      lead: 'What your colleagues see about you. It comes from your sign-in and can’t be changed here.',
      blocks: [
        {
          kind: 'facts',
          title: 'About you',
          facts: [
            { label: 'Name', value: name },
            { label: 'Email', value: email },
            {
              label: 'Groups',
              value: groups.length === 0 ? 'none' : `${groups.length}, listed under What was received`,
            },
          ],
        },
      ],
    },
    {
      path: 'meeting',
      title: 'Monday meeting',
      lead: `Tova Lind, ${day(0)}`,
      blocks: [
        {
          kind: 'text',
          title: 'What was said',
          paragraphs: [
            'The office closes at noon on Friday. Whoever needs the laboratory in the afternoon tells Jonas.',
            'The customer in Porto is happy with the new report and asks for the same once a month.',
          ],
        },
        {
          kind: 'text',
          title: 'What we decided',
          paragraphs: [`${name} reads the notes of the release and says what is missing.`],
        },
      ],
    },
    {
      path: 'release',
      title: 'What we learned from the release',
      lead: `Jonas Weber, ${day(-1)}`,
      blocks: [
        {
          kind: 'text',
          title: 'Went well',
          paragraphs: ['Nobody stayed late. The migration took four minutes instead of the planned thirty.'],
        },
        {
          kind: 'text',
          title: 'Next time',
          paragraphs: ['Tell the customers two days before. Three of them wrote to ask whether it was us.'],
        },
      ],
    },
  ],
};
