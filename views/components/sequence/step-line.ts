import { counted } from '../../words.ts';
import type { Party, PartyNames, SequenceStep } from './step.ts';

/** A step as an arrow of the diagram; from and to are the same for what one party does alone. */
export interface StepLine {
  readonly from: Party;
  readonly to: Party;
  /** Whether messages went to and fro. */
  readonly isDialogue: boolean;
  /** What the sender does, as a sentence without its subject. */
  readonly title: string;
  /** How it was sent, in a few words. */
  readonly note: string;
}

const [browser, serviceProvider, identityProvider] = [
  'browser',
  'service-provider',
  'identity-provider',
] as const;

/** Where a step goes, and what happens in it, in words. Pure. */
export function lineOf(step: SequenceStep, names: PartyNames): StepLine {
  const line = (from: Party, to: Party, title: string, note: string): StepLine => {
    return { from, to, isDialogue: false, title, note };
  };
  switch (step.kind) {
    case 'sign-on-begun':
      return line(browser, serviceProvider, 'Asks to sign in', getting(step.address));
    case 'request-sent': {
      const note = {
        redirect: 'A redirect, with the SAMLRequest in its address',
        post: 'A form with the SAMLRequest, which posts itself',
      };
      const unknown = 'The SAMLRequest';
      return line(
        serviceProvider,
        browser,
        `Asks ${names[identityProvider]} who you are`,
        step.binding === null ? unknown : note[step.binding],
      );
    }
    case 'request-taken': {
      const note = { redirect: 'GET with the SAMLRequest', post: 'POST with the SAMLRequest' };
      return line(
        browser,
        identityProvider,
        'Takes the request there',
        step.binding === null ? 'With the SAMLRequest' : note[step.binding],
      );
    }
    case 'application-opened': {
      const title = `Opens ${names[serviceProvider]}`;
      return line(browser, identityProvider, title, 'GET, without a SAMLRequest');
    }
    case 'signed-in': {
      const asked = ['User name', ...step.proof.factors.map(({ name }) => name.toLowerCase())].join(', ');
      return { ...line(identityProvider, browser, 'Asks you to sign in', asked), isDialogue: true };
    }
    case 'session-found':
      return line(
        identityProvider,
        identityProvider,
        'Knows you already',
        `Your session, since ${step.since.text}`,
      );
    case 'sign-in-stated':
      return line(
        identityProvider,
        identityProvider,
        'States that you signed in',
        step.since === null ? 'Without a time' : `At ${step.since.text}`,
      );
    case 'response-sent':
      return line(
        identityProvider,
        browser,
        'Answers with a signed response',
        'A form with the SAMLResponse, which posts itself',
      );
    case 'request-refused':
      return line(identityProvider, browser, 'Refuses, on a page for the user', step.reason);
    case 'response-held':
      return line(browser, browser, 'Shows you the response', 'Administrator mode: it is not sent yet');
    case 'response-posted':
      return line(browser, serviceProvider, 'Posts the response', 'POST with the SAMLResponse');
    case 'response-accepted': {
      const passed = `${counted(step.checks.length, 'check')} passed`;
      return line(serviceProvider, serviceProvider, 'Checks it, and signs you in', passed);
    }
  }
}

/** The last part of the address is enough to recognize it; the step's details have all of it. */
const getting = (address: string): string => `GET …/${address.split('/').at(-1) ?? ''}`;
