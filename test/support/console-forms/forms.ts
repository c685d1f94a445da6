import { applicationForms } from './application-forms.ts';
import { classroomForms } from './classroom-forms.ts';
import type { DeclaredForm } from './declared-form.ts';
import { fileForms } from './file-forms.ts';
import { groupForms } from './group-forms.ts';
import { operatorForms } from './operator-forms.ts';
import { settingsForms } from './settings-forms.ts';
import { userForms } from './user-forms.ts';

/** Every form of the console by the path to which it is sent. A new form is added to the file of its area. */
export const CONSOLE_FORMS: Readonly<Record<string, readonly DeclaredForm[]>> = Object.fromEntries(
  Object.entries({
    ...{ ...userForms, ...groupForms, ...applicationForms },
    ...{ ...settingsForms, ...fileForms, ...operatorForms, ...classroomForms },
  }).map(([path, forms]) => [path, [forms].flat()]),
);
