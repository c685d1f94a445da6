import type { Growth } from './growth.ts';
import { OPERATIONS } from './growth.ts';
import { readable } from './numbers.ts';
import type { FactorRate } from './factors.ts';
import type { Responses } from './responses.ts';
import type { Servers } from './servers.ts';
import { typical, type StartUp } from './start-up.ts';
import type { Row } from './table.ts';

/** What the rows of responses are compared with; each is measured in the same run. */
export interface Baselines {
  opensslSignsPerSecond: number | undefined;
  samlifyPerSecond: number;
  samlpPerSecond: number;
  /** Password hashes at the default cost. */
  hashesPerSecond: number;
}

export function responseRows(responses: Responses, baselines: Baselines): Row[] {
  const { perSecond, runs, latencyMs, processorMs, residentMiB } = responses;
  const { opensslSignsPerSecond: signs, samlifyPerSecond, samlpPerSecond, hashesPerSecond } = baselines;
  const half = signs === undefined ? undefined : signs / 2;
  return [
    {
      what: 'Signed responses over HTTP',
      value: perSecond,
      unit: '/s',
      note: `median of ${rounded(runs)}; latency p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms`,
    },
    { what: 'openssl speed rsa2048 ÷ 2', value: half, unit: '/s', note: 'two signatures a response' },
    {
      what: 'samlify createLoginResponse alone',
      value: samlifyPerSecond,
      unit: '/s',
      note: 'both signed; no HTTP, nothing kept',
    },
    {
      what: 'Auth0’s samlp middleware over HTTP',
      value: samlpPerSecond,
      unit: '/s',
      note: 'both signed; no session, nothing kept',
    },
    {
      what: 'Ratio to openssl ÷ 2',
      value: half === undefined ? undefined : perSecond / half,
      unit: '',
      budget: { least: 0.5 },
    },
    { what: 'Ratio to samlify', value: perSecond / samlifyPerSecond, unit: '', budget: { least: 4 } },
    { what: 'Ratio to samlp', value: perSecond / samlpPerSecond, unit: '' },
    {
      what: 'Processor time a response, main thread',
      value: processorMs?.main,
      unit: 'ms',
      note: processorMs && `${readable(processorMs.all)} ms with the thread pool`,
    },
    { what: 'Memory after that load', value: residentMiB.afterLoad, unit: 'MiB' },
    { what: 'Memory at rest, after one sign-in', value: residentMiB.atRest, unit: 'MiB' },
    {
      what: 'Sign-ins, 4 people at a time',
      value: responses.signInsPerSecond,
      unit: '/s',
      note: 'scrypt ln=15 (the default cost), 7 requests each',
    },
    {
      what: 'scrypt ln=15 alone, 4 at a time',
      value: hashesPerSecond,
      unit: '/s',
      note: 'the limit of sign-ins',
    },
    { what: 'Ratio of sign-ins to scrypt', value: responses.signInsPerSecond / hashesPerSecond, unit: '' },
  ];
}

const FACTORS: Readonly<Record<FactorRate['factor'], string>> = {
  password: 'password',
  totp: 'password, authenticator app',
  webauthn: 'password, security key',
  'email-code': 'password, code by mail (read by the API)',
  trusted: 'password, trusted device',
};

export function factorRows(rates: readonly FactorRate[], hashesPerSecond: number): Row[] {
  return rates.map(({ factor, perSecond }) => ({
    what: `Sign-ins: ${FACTORS[factor]}`,
    value: perSecond,
    unit: '/s',
    note: `scrypt ln=15, 4 people at a time; ${readable(perSecond / hashesPerSecond)} of scrypt alone`,
  }));
}

const rounded = (values: readonly number[]) => values.map((value) => Math.round(value)).join(', ');

export function startRows(where: string, startUp: StartUp): Row[] {
  const { healthzMs, readyzMs } = typical(startUp);
  const each = (values: readonly number[]) => `median of ${rounded(values)}`;
  return [
    {
      what: `Start ${where} to /healthz`,
      value: healthzMs,
      unit: 'ms',
      budget: { most: 300 },
      note: each(startUp.healthzMs),
    },
    { what: `Start ${where} to /readyz`, value: readyzMs, unit: 'ms', note: each(startUp.readyzMs) },
    { what: `Memory at rest ${where}`, value: startUp.residentMiB, unit: 'MiB', budget: { most: 100 } },
  ];
}

/** The library's start in a new process, its start in a process that has started one before, and one more organization. */
export function libraryRows(library: { coldMs: number; warmMs: number; freshOrganizationMs: number }): Row[] {
  return [
    { what: 'startVestibule(), first of a process', value: library.coldMs, unit: 'ms' },
    {
      what: 'startVestibule(), warm process',
      value: library.warmMs,
      unit: 'ms',
      budget: { most: 60 },
    },
    { what: 'A fresh organization', value: library.freshOrganizationMs, unit: 'ms', budget: { most: 5 } },
  ];
}

export function growthRows(where: string, { costs, size, import: loaded }: Growth): Row[] {
  const { users, groups, applications, groupsOfPerson } = size;
  const { signInMs } = loaded;
  return [
    {
      what: `Import, ${where}`,
      value: loaded.usersPerSecond,
      unit: 'users/s',
      budget: { least: 2000 },
      note: `${users} users in 3 groups each, ${groups} groups; ${readable(loaded.usersPerSecondWhole)} with sending and checking`,
    },
    {
      what: `Sign-in while that runs, ${where}`,
      value: signInMs.meanwhile,
      unit: 'ms',
      note: `median of ${signInMs.count}, worst ${readable(signInMs.worst)} ms; ${readable(signInMs.before)} ms before; 7 requests, hash ln=4`,
    },
    ...OPERATIONS.map((operation) => ({
      what: `Growth: ${operation}, ${where}`,
      value: costs[operation].ratio,
      unit: '×',
      budget: { most: 1.3 },
      note: `${readable(costs[operation].small)} → ${readable(costs[operation].large)} ms at ${users} users, ${groups} groups, ${applications} applications, a user in ${groupsOfPerson} groups`,
    })),
  ];
}

export function serverRows({ onePerSecond, twoPerSecond }: Servers, processors: number): Row[] {
  return [
    { what: 'Responses, 1 process on PostgreSQL', value: onePerSecond, unit: '/s' },
    { what: 'Responses, 2 processes on PostgreSQL', value: twoPerSecond, unit: '/s' },
    {
      what: 'Ratio of 2 processes to 1',
      value: twoPerSecond / onePerSecond,
      unit: '',
      note: `${processors} processors, which both servers, PostgreSQL and the client share`,
    },
  ];
}
