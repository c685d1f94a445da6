import {
  nameField,
  strictField,
  versionField,
  wordField,
  type DeclaredForm,
  type DeclaredForms,
} from './declared-form.ts';

const CLASSROOMS = '/organizations/classrooms';
const CLASSROOM = `${CLASSROOMS}/:classroom`;
const STUDENT = `${CLASSROOM}/students/:student`;

const filled = {
  ...{ name: 'SAML 101', students: 'Ada', source: 'file', addresses: 'names' },
  // Without applications, so that no keys are made.
  template: `version: 1
organization: {name: Template Corp, managementAccountId: "111122223333"}
instance: {alias: template, region: eu-west-1}
settings: {signIn: {passwordHashCost: 4}}
`,
};
const CHOOSE = /Choose one of these/;
const fields = {
  name: nameField(['x'.repeat(65), /./]),
  source: strictField(['other', CHOOSE]),
  addresses: strictField(['other', CHOOSE]),
  template: strictField(['a: [', /Line 1, column/]),
};

const button: DeclaredForm = { page: CLASSROOM, fields: {} };
const reset: DeclaredForm = { fields: { confirmation: wordField('RESET') } };
const remove: DeclaredForm = { fields: { confirmation: wordField('DELETE') } };
/** The number of the sheet that the page has shown. */
const sheet: DeclaredForm = { fields: { sheets: versionField } };

export const classroomForms: DeclaredForms = {
  [`${CLASSROOMS}/add`]: {
    ...{ filled, fields },
    file: {
      field: 'studentsFile',
      wrong: [['Ada', /Choose a file or write the names, not both/]],
    },
  },
  [`${CLASSROOMS}/make`]: { page: `${CLASSROOMS}/add`, filled, fields, spoiled: { template: 'a: [' } },
  [`${CLASSROOM}/stop`]: button,
  [`${CLASSROOM}/continue`]: button,
  [`${CLASSROOM}/unblock`]: button,
  [`${CLASSROOM}/reset`]: reset,
  [`${CLASSROOM}/delete`]: remove,
  [`${CLASSROOM}/sheet`]: sheet,
  [`${STUDENT}/unblock`]: button,
  [`${STUDENT}/reset`]: reset,
  [`${STUDENT}/delete`]: remove,
  [`${STUDENT}/sheet`]: sheet,
};
