import { z } from 'zod';
import { signInFields } from '../../../../../views/console/settings/sign-in-fields.ts';
import { durationMs } from '../../../../foundation/platform/duration.ts';
import { checkedField } from '../../../../foundation/http/fields.ts';
import { typed, type SettingsForm } from '../settings-form.ts';
import { isoDuration, typedDuration, typedDurationOf, wholeNumber } from '../typed-values.ts';

const form = z
  .object({
    ...{ throttleWindow: typed, 'throttleWindow.unit': typed },
    ...{ attemptsPerUser: typed, attemptsPerAddress: typed, training: checkedField },
  })
  .transform(({ throttleWindow, 'throttleWindow.unit': unit, ...rest }) => ({
    ...{ ...rest, throttleWindow: typedDurationOf(throttleWindow, unit) },
  }));

const TRAINING = ['simulatedAddress', 'demoUsers', 'demoMail'] as const;

/** Whether a box is checked; what was sent if one of them is no box, so that the rule refuses it. */
const trainingOf = (
  checked: readonly string[],
  name: (typeof TRAINING)[number],
): boolean | readonly string[] =>
  checked.every((each) => TRAINING.some((known) => known === each)) ? checked.includes(name) : checked;

/** How often sign-ins may fail, and aids for training. */
export const signInForm: SettingsForm<z.output<typeof form>> = {
  name: 'sign-in',
  form,
  valuesOf: ({ signIn }) => ({
    throttleWindow: typedDuration(durationMs(signIn.throttleWindow)),
    attemptsPerUser: String(signIn.attemptsPerUser),
    attemptsPerAddress: String(signIn.attemptsPerAddress),
    training: TRAINING.filter((each) => signIn[each]),
  }),
  changeOf: (values) => ({
    signIn: {
      throttleWindow: isoDuration(values.throttleWindow),
      attemptsPerUser: wholeNumber(values.attemptsPerUser),
      attemptsPerAddress: wholeNumber(values.attemptsPerAddress),
      simulatedAddress: trainingOf(values.training, 'simulatedAddress'),
      demoUsers: trainingOf(values.training, 'demoUsers'),
      demoMail: trainingOf(values.training, 'demoMail'),
    },
  }),
  fieldOf: Object.fromEntries(TRAINING.map((name) => [`signIn.${name}`, 'training'])),
  messages: {
    training: 'Check some of these boxes, or none.',
    throttleWindow: 'Enter a number, for one second to one day.',
    attemptsPerUser: 'Enter a whole number from 1 to 1,000,000.',
    attemptsPerAddress: 'Enter a whole number from 1 to 1,000,000.',
  },
  fields: signInFields,
  title: 'Failed sign-ins and training',
  about: 'Whoever fails too often has to wait before the next attempt.',
};
