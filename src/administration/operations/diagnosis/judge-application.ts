import { durationWords } from '../../../../views/words.ts';
import { certificateWarnings } from '../../../domain/certificates/expiry.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import type { AccessFacts, ApplicationFacts, DiagnosisFacts } from './facts.ts';
import { finding, type DiagnosisFinding } from './finding.ts';

/** Whether the application is assigned to the user. Pure. */
export function judgeAccess(access: AccessFacts): DiagnosisFinding {
  const label = 'Access';
  if (!access.isAssigned) {
    return finding('not-assigned', label, 'the application isn’t assigned to the user', {
      ...{ change: 'Assign the user, or a group of the user.', where: 'assigned-users' },
    });
  }
  const ways = [
    ...(access.isDirect ? ['directly'] : []),
    ...(access.groups.length > 0 ? [`by ${groupWords(access.groups)}`] : []),
    ...(access.isForEveryone ? ['to everyone'] : []),
  ];
  return finding('assigned', label, `the application is assigned: ${ways.join('; ')}`, {
    where: 'assigned-users',
  });
}

const groupWords = (names: readonly string[]) =>
  `the ${names.length === 1 ? 'group' : 'groups'} ${names.join(', ')}`;

/** What stops a response of the application, or makes a service provider refuse it. Pure. */
export function judgeApplication(facts: DiagnosisFacts): DiagnosisFinding[] {
  return [judgeEnabled(facts.of), judgeAcs(facts.of)];
}

function judgeEnabled({ application }: ApplicationFacts): DiagnosisFinding {
  const label = 'Application';
  if (application.enabled) {
    return finding('application-enabled', label, 'the application is enabled', { where: 'application' });
  }
  return finding('application-disabled', label, 'the application is disabled', {
    ...{ change: 'Enable the application.', where: 'application' },
  });
}

function judgeAcs({ acsUrl, unansweredHost }: ApplicationFacts): DiagnosisFinding {
  const label = 'Service provider';
  if (acsUrl === undefined) {
    return finding('acs-missing', label, 'the application has no address to which responses are sent', {
      ...{ change: 'Give its metadata, or an ACS URL.', where: 'application' },
    });
  }
  if (unansweredHost !== undefined) {
    return finding(
      'acs-unanswered',
      label,
      `nobody can answer at ${unansweredHost}: the response is shown instead`,
      {
        ...{ change: 'Give the address of the real service provider.', where: 'application' },
      },
    );
  }
  return finding('acs-set', label, `responses are sent to ${acsUrl}`, { where: 'application' });
}

/** What the assertion says about the user. Pure. */
export function judgeMapping({ mapping }: AccessFacts): DiagnosisFinding {
  const label = 'Attribute mappings';
  const where = 'mappings';
  switch (mapping.outcome) {
    case 'mapped':
      return finding('subject-mapped', label, 'the subject has a value for this user', { where });
    case 'no-subject':
      return finding(
        'subject-missing',
        label,
        'the subject is mapped to a value that this user doesn’t have',
        {
          ...{ change: 'Change the mapping of the subject, or give the user the value.', where },
        },
      );
    case 'refused':
      return finding(
        'attributes-refused',
        label,
        `no assertion about this user can be made: ${mapping.why}`,
        {
          ...{ change: 'Change the mappings.', where },
        },
      );
    default:
      return unreachable(mapping);
  }
}

/** The certificate, by the organization's clock and by that of SAML messages. Pure. */
export function judgeCertificate({ of, times }: DiagnosisFacts): DiagnosisFinding {
  const [label, where] = ['Certificate', 'certificates'] as const;
  const { certificate } = of;
  if (!certificate) {
    return finding('certificate-missing', label, 'the application has no certificate to sign with', {
      ...{ change: 'Add a certificate.', where },
    });
  }
  const byPolicy = certificateWarnings(certificate, times.policyAt);
  // Service providers judge by their own clock, which is near that of the messages.
  const byWire = certificateWarnings(certificate, times.wireAt);
  const [warning] = [...byPolicy, ...byWire];
  if (warning) {
    const message = warning.message.replace(/\.$/, '');
    return finding('certificate-doubtful', label, message, { change: 'Rotate the certificate.', where });
  }
  return finding('certificate-valid', label, `valid until ${whenOf(certificate.notAfterAt).text}`, { where });
}

/** How the last sign-on went. Pure. */
export function judgeLastSignOn({ last }: AccessFacts): DiagnosisFinding {
  const [label, where] = ['Last sign-on', 'last-sign-on'] as const;
  if (!last) {
    return finding(
      'last-sign-on-none',
      label,
      'none of this user at this application is among the newest events',
    );
  }
  const at = whenOf(last.at).text;
  if (last.refusal !== undefined) {
    const who = last.isOfUser ? '' : ' before anybody signed in';
    const found = `refused${who} on ${at}: ${last.refusal.replace(/\.$/, '')}`;
    return finding('last-sign-on-refused', label, found, {
      ...{ change: 'If it is refused again, look at what the service provider sends.', where },
    });
  }
  const [odd] = last.findings;
  if (odd !== undefined) {
    return finding('last-sign-on-odd', label, `answered on ${at}, although ${lowered(odd)}`, { where });
  }
  return finding('last-sign-on-answered', label, `answered on ${at}`, { where });
}

/** Whether the clocks differ. Pure. */
export function judgeClock({ instance, times, realAt }: DiagnosisFacts): DiagnosisFinding {
  const [label, where] = ['Clock', 'time'] as const;
  const { frozenAt, offsetMs } = instance.organization.clock;
  if (frozenAt === null && offsetMs === 0)
    return finding('clock-real', label, 'the organization has real time');
  const ahead = times.policyAt - realAt;
  const moved = `${durationWords(Math.abs(ahead))} ${ahead < 0 ? 'behind' : 'ahead of'} real time`;
  const shown = frozenAt === null ? `the organization’s clock is ${moved}` : `it is frozen, ${moved}`;
  if (times.wireAt === times.policyAt) {
    return finding('clock-on-the-wire', label, `${shown}, and SAML messages carry its time`, {
      ...{ change: 'Service providers with a clock of their own refuse them: reset the clock.', where },
    });
  }
  return finding('clock-moved', label, `${shown}; SAML messages carry real time`, { where });
}

const lowered = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
