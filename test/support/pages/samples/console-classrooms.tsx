import { AddClassroomPage } from '../../../../views/console/classrooms/add.tsx';
import { ConfirmClassroomPage } from '../../../../views/console/classrooms/confirm.tsx';
import { ClassroomPage } from '../../../../views/console/classrooms/detail.tsx';
import { ClassroomsPage } from '../../../../views/console/classrooms/list.tsx';
import { MakeSheetPage } from '../../../../views/console/classrooms/make-sheet.tsx';
import { ClassroomPreviewPage } from '../../../../views/console/classrooms/preview.tsx';
import { SheetPage, type ShownCard } from '../../../../views/console/classrooms/sheet.tsx';
import type { ShownStudent, ShownStep } from '../../../../views/console/classrooms/students.tsx';
import type { PageSamples } from '../page-sample.ts';
import { operatorFrame } from './console-parts.ts';
import { when } from './parts.ts';

const framed = { frame: operatorFrame };
const CLASS = '0f8b2c1e-7f3a-4c55-9f6e-3f1d0a9b8c7d';

const steps: ShownStep[] = [
  ...(['application', 'signed-in', 'second-factor', 'new-device', 'password', 'user-name'] as const),
  ...(['not-signed-in', 'no-identity-centre', 'not-made'] as const),
];
const names = [
  'Ada Lovelace',
  'Grace Hopper',
  'Zoë Ünal',
  '李雷',
  'Wolfgang Amadeus Theophilus Mozart von Salzburg',
];

const students: ShownStudent[] = steps.map((step, index) => ({
  ...{
    number: index + 1,
    name: names[index] ?? `Student ${index + 1}`,
    userName: `student.${index + 1}`,
    step,
  },
  ...{ pending: null, hasCard: index !== 6, isThrottled: index === 4 || index === 5 },
  ...(index < 7 && {
    lastEvent: { name: 'CredentialVerification', by: `student.${index + 1}`, at: when, failed: index === 4 },
  }),
  ...(index < 7 && { consoleHref: `/student-${index + 1}/console` }),
  href: `/organizations/classrooms/${CLASS}/students/${index + 1}`,
}));
const classroom = {
  ...framed,
  ...{
    id: CLASS,
    name: 'SAML 101',
    status: 'idle' as const,
    done: 9,
    total: 9,
    faults: [],
    sheets: 1,
    students,
  },
};
const unmade = students.map((each) => ({
  ...each,
  pending: 'make' as const,
  hasCard: false,
  isThrottled: false,
}));

const values = {
  ...{ name: 'SAML 101', students: 'Ada Lovelace\nGrace Hopper,grace@example.com', source: 'demo' },
  ...{ template: '', addresses: 'names' },
};
const form = { ...framed, maxStudents: 100, maxTemplate: '512 KiB', errors: {}, mistakes: [] };

const card = (number: number, name: string): ShownCard => ({
  ...{
    number,
    name,
    userName: `student.${number}`,
    password: 'Hf7m-q4Wz-tK9p',
    usersPassword: 'Jw3d-8Xnr-vB5c',
  },
  portalUrl: `https://training.example.com/student-${number}/start`,
  consoleUrl: `https://training.example.com/student-${number}/console`,
  users: ['ana@example.com', 'kofi@example.com', 'yuki@example.com', 'leila@example.com'],
  qrCode: { size: 33, path: 'M4 4h7v1H4zM4 5h1v5H4zM10 5h1v5h-1zM4 10h7v1H4zM6 6h3v3H6z' },
});

/** The pages about classes. */
export const consoleClassroomPages: PageSamples = {
  'console-classrooms': (page) => (
    <ClassroomsPage
      {...{ page, ...framed }}
      done="The class was deleted with all its organizations."
      classrooms={[
        { id: CLASS, name: 'SAML 101', students: 30, status: 'idle', createdAt: when },
        { id: `${CLASS}2`, name: 'An evening class', students: 8, status: 'stopped', createdAt: when },
      ]}
    />
  ),
  'console-classrooms-empty': (page) => <ClassroomsPage {...{ page, ...framed }} classrooms={[]} />,
  'console-classroom-add': (page) => <AddClassroomPage {...{ page, ...form, values }} />,
  'console-classroom-add-refused': (page) => (
    <AddClassroomPage
      {...{ page, ...form, values }}
      errors={{ students: 'Line 2, column 1: Expected an email address. All 2 mistakes are listed above.' }}
      mistakes={['Line 2, column 1: Expected an email address.', 'Line 7, column 1: A name is missing.']}
    />
  ),
  'console-classroom-preview': (page) => (
    <ClassroomPreviewPage
      {...{ page, ...framed }}
      name="SAML 101"
      students={students.map(({ number, name, userName }) => ({
        ...{ number, name, userName, portal: number === 2 ? undefined : `/student-${number}/start` },
      }))}
      content={[
        { one: 'user', many: 'users', count: 7 },
        { one: 'group', many: 'groups', count: 1 },
        { one: 'application', many: 'applications', count: 0 },
      ]}
      warnings={['Line 12: A secret in the file is left out.']}
      hidden={values}
    />
  ),
  'console-classroom': (page) => (
    <ClassroomPage {...{ page, ...classroom }} said="Everybody can try again." />
  ),
  'console-classroom-running': (page) => (
    <ClassroomPage {...{ page, ...classroom, students: unmade }} status="running" done={4} sheets={0} />
  ),
  'console-classroom-made': (page) => <ClassroomPage {...{ page, ...classroom }} sheets={0} />,
  'console-classroom-stopped': (page) => (
    <ClassroomPage {...{ page, ...classroom, students: unmade }} status="stopped" done={4} />
  ),
  'console-classroom-failed': (page) => (
    <ClassroomPage
      {...{ page, ...classroom }}
      status="failed"
      faults={['Grace Hopper: the alias is taken.']}
    />
  ),
  'console-classroom-reset-one': (page) => (
    <ConfirmClassroomPage
      {...{ page, ...framed, id: CLASS, className: 'SAML 101', act: 'reset' }}
      student={{ number: 1, name: 'Ada Lovelace' }}
      error="Type RESET, exactly as it is shown."
    />
  ),
  'console-classroom-delete': (page) => (
    <ConfirmClassroomPage
      {...{ page, ...framed, id: CLASS, className: 'SAML 101', act: 'delete' }}
      problem="The class is being worked on: wait until it is done, or stop it."
    />
  ),
  'console-classroom-make-sheet': (page) => (
    <MakeSheetPage {...{ page, ...framed, id: CLASS, className: 'SAML 101', sheets: 0 }} />
  ),
  'console-classroom-make-card': (page) => (
    <MakeSheetPage
      {...{ page, ...framed, id: CLASS, className: 'SAML 101', sheets: 1 }}
      student={{ number: 1, name: 'Ada Lovelace' }}
      problem="This sheet was made already, and passwords are shown once."
    />
  ),
  'console-classroom-sheet': (page) => (
    <SheetPage
      {...{ page, ...framed, id: CLASS, className: 'SAML 101' }}
      cards={[
        card(1, 'Ada Lovelace'),
        card(2, 'Wolfgang Amadeus Theophilus Mozart von Salzburg'),
        {
          ...card(3, '李雷'),
          users: [],
          problem: 'The organization isn’t there: reset it, and this card works.',
        },
      ]}
    />
  ),
};
