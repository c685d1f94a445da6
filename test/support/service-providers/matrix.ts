import { everyRow, pairwise, type Dimensions } from '../basics/pairwise.ts';
import type { Library } from './libraries.ts';

export const SIGNING = {
  both: { response: true, assertion: true },
  response: { response: true, assertion: false },
  assertion: { response: false, assertion: true },
} as const;

/**
 * How a sign-on begins: with a request of the service provider by one of two bindings, signed or not, or with a tile.
 */
export const WAYS = ['redirect', 'post', 'idp', 'redirect, signed', 'post, signed'] as const;
export type Way = (typeof WAYS)[number];

export const ALGORITHMS = ['SHA-256', 'SHA-1'] as const;

/**
 * How an application names its users, without a mapping where we generate the value; `told` is the resulting name of
 * Zoë.
 */
export const NAME_IDS = {
  emailAddress: { version: '1.1', mapping: '${user:email}', told: /^zoe@example\.com$/ },
  persistent: { version: '2.0', mapping: undefined, told: /^[\w-]{43}$/ },
  transient: { version: '2.0', mapping: undefined, told: /^_[0-9a-f]{40}$/ },
  unspecified: { version: '1.1', mapping: '${user:name}', told: /^Zoë “Zo” O’Neil & <Søn> 日本 😀$/ },
  entity: {
    version: '2.0',
    mapping: 'https://people.example/${user:subject}',
    told: /^https:\/\/people\.example\/zoe@example\.com$/,
  },
} as const;

/** The URI of a format. */
export function formatUri(nameId: keyof typeof NAME_IDS): string {
  return `urn:oasis:names:tc:SAML:${NAME_IDS[nameId].version}:nameid-format:${nameId}`;
}

/** The dimensions that are varied for each library. */
export interface Combination {
  readonly way: Way;
  readonly signed: keyof typeof SIGNING;
  readonly algorithm: (typeof ALGORITHMS)[number];
  readonly nameId: keyof typeof NAME_IDS;
}

export interface Case extends Combination {
  readonly library: Library;
}

/** Combinations that a library can't do, with the reason. */
export interface Impossible {
  readonly library: Library;
  readonly reason: string;
  readonly combinations: number;
}

const SIGNED = Object.keys(SIGNING) as (keyof typeof SIGNING)[];
const NAMES = Object.keys(NAME_IDS) as (keyof typeof NAME_IDS)[];

const DIMENSIONS: Dimensions<Combination> = {
  way: WAYS,
  signed: SIGNED,
  algorithm: ALGORITHMS,
  nameId: NAMES,
};
const EVERY = everyRow<Combination>(DIMENSIONS);

/**
 * For each library, every pair of values of two dimensions that it supports; so every triple with the library as the
 * third.
 */
export function everyCase(libraries: readonly Library[]): Case[] {
  return libraries.flatMap((library) =>
    pairwise(EVERY.filter((each) => library.cannot?.(each) === undefined)).map((each) => ({
      library,
      ...each,
    })),
  );
}

/** The cases in `npm test`: three for each library, so that every value occurs in one of them. */
export function sampleCases(libraries: readonly Library[]): Case[] {
  return libraries.flatMap((library, row) =>
    ([['redirect', 'redirect, signed'], ['post', 'post, signed'], ['idp']] as const).map(
      (ways, column): Case => {
        const count = 3 * row + column;
        const rest = {
          signed: at(SIGNED, row + column),
          algorithm: at(ALGORITHMS, row + column),
          nameId: at(NAMES, count),
        };
        const way = ways.find((each: Way) => library.cannot?.({ way: each, ...rest }) === undefined);
        if (way === undefined) throw new Error(`${library.name} can’t do any of ${ways.join(' and ')}.`);
        return { library, way, ...rest };
      },
    ),
  );
}

/** The combinations that are left out, for the table. */
export function impossible(libraries: readonly Library[]): Impossible[] {
  return libraries.flatMap((library) => {
    const reasons = EVERY.map((each) => library.cannot?.(each)).filter((reason) => reason !== undefined);
    return [...new Set(reasons)].map((reason) => ({
      ...{ library, reason },
      combinations: reasons.filter((each) => each === reason).length,
    }));
  });
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}
