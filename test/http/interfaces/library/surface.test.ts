import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { VestibuleError } from '../../../../src/index.ts';
import { ANA, libraries, WIKI } from '../../../support/servers/library.ts';

type Method = (...given: unknown[]) => unknown;

interface NamedMethod {
  /** Such as `users.create`. */
  readonly path: string;
  call(...given: unknown[]): unknown;
}

/** All methods of a handle, and of the handles in it: a new one is tried here without being listed. */
function methodsOf(handle: object, prefix = ''): NamedMethod[] {
  return Object.entries(handle).flatMap(([name, value]: [string, unknown]): NamedMethod[] => {
    const path = `${prefix}${name}`;
    if (typeof value === 'function') return [{ path, call: (...given) => (value as Method)(...given) }]; // any function
    return typeof value === 'object' && value !== null ? methodsOf(value, `${path}.`) : [];
  });
}

/** Methods without parameters. */
const TAKES_NOTHING =
  /^(organization\.(dashboard|reset|delete|deleteConfiguration|consoleAccess)|application\.(metadataXml|instructions|delete)|.*\.(clear|freeze|now|endRehearsals)|organization\.logo\.(get|remove)|organization\.(clock\.(?:preview|reset|resume)|imports\.list|settings\.get)|application\.certificates\.list|classrooms\.list)$/;

const NONSENSE: readonly unknown[][] = [
  ...[[], [null], [5], [NaN], [true], ['no such thing'], [''], [{}], [[]], [['x']]],
  ...[[{ unknown: 1 }], [{ id: 5 }], [{ id: 'no such id' }], [() => 1], [Symbol('x')]],
  ...[5, null, 'no such thing', {}, [], { unknown: 1 }, { id: 'no such id' }].map((second) => [
    ANA.userName,
    second,
  ]),
];

/** What is wrong with how a call ended; undefined if nothing. */
async function faultOf({ path, call }: NamedMethod, given: unknown[]): Promise<string | undefined> {
  const shown = `${path}(${given.map((each) => inspect(each)).join(', ')})`;
  try {
    await call(...given);
    // A value of a wrong type, or one without any of the known fields.
    const isWrong = given.length === 1 && (given[0] === 5 || inspect(given[0]) === '{ unknown: 1 }');
    return isWrong && !TAKES_NOTHING.test(path) ? `${shown} was not refused` : undefined;
  } catch (error) {
    if (!(error instanceof VestibuleError)) return `${shown}: ${String(error)}`;
    const text = inspect(error, { customInspect: false, depth: 5 });
    const [said = ''] = error.message.split('\n');
    const isReadable =
      said.length > 10 && said.length < 300 && !/undefined|\[object|is not a function/.test(said);
    const isShort = text.length < 2000 && !text.includes('src/');
    return error.code !== 'InternalError' && isReadable && isShort
      ? undefined
      : `${shown}: ${text.slice(0, 300)}`;
  }
}

describe('every method of the library', () => {
  const { start } = libraries();

  it('refuses what it can’t use with a readable VestibuleError, also when its organization or server is gone', async function () {
    this.timeout(20_000);
    const vestibule = await start();
    const organization = await vestibule.createOrganization({ users: [ANA] });
    const application = await organization.applications.create(WIKI);
    const browser = organization.browser();
    const all = methodsOf({
      organization,
      application,
      browser,
      createOrganization: vestibule.createOrganization,
      classrooms: vestibule.classrooms,
    });
    const methods = all.filter(({ path }) => path !== 'organization.browser'); // not a promise: it can't fail
    assert.ok(methods.length > 50, methods.map(({ path }) => path).join());
    const faults: (string | undefined)[] = [];
    // These change or delete what the others need.
    const isLast = ({ path }: NamedMethod) => TAKES_NOTHING.test(path);
    for (const method of methods.filter((each) => !isLast(each))) {
      for (const given of NONSENSE) faults.push(await faultOf(method, given));
    }
    for (const method of methods.filter(isLast)) faults.push(await faultOf(method, []));
    await vestibule.stop();
    for (const { path, call } of methods) {
      const error: unknown = await Promise.resolve(call()).catch((thrown: unknown) => thrown);
      if (!(error instanceof VestibuleError && error.code === 'Stopped'))
        faults.push(`${path} of a stopped server`);
    }
    assert.deepEqual(
      faults.filter((fault) => fault !== undefined),
      [],
    );
  });
});
