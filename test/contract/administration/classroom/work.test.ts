import assert from 'node:assert/strict';
import {
  changeStudents,
  requireClassroom,
  resumeClassroom,
  stopClassroom,
} from '../../../../src/administration/classroom/change-classroom.ts';
import { createClassroom } from '../../../../src/administration/classroom/create-classroom.ts';
import { freeStudents } from '../../../../src/administration/classroom/free-students.ts';
import type { Caller, ClassroomNeeds } from '../../../../src/administration/classroom/needs.ts';
import { makeSheet } from '../../../../src/administration/classroom/sheet.ts';
import { beginRun, setPending } from '../../../../src/administration/classroom/store.ts';
import { watchStudents } from '../../../../src/administration/classroom/watch.ts';
import { deleteOrganization } from '../../../../src/domain/organizations/commands.ts';
import { findInstanceOf } from '../../../../src/domain/organizations/instance-store.ts';
import { openOrganization } from '../../../../src/administration/operations/open-organization.ts';
import { SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { AppError } from '../../../../src/foundation/platform/errors.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const TEMPLATE = `version: 1
organization: {name: T, managementAccountId: "111122223333"}
instance: {region: us-east-1}
settings: {signIn: {passwordHashCost: 4}}
users: [{userName: nina, email: nina@example.com, givenName: N, familyName: B, displayName: N B, password: known-To-All-1}]
`;
const NAMES = ['Ada', 'Bea', 'Cem', 'Dan'];
const caller: Caller = {
  ...{ actor: { type: 'operator', name: 'library' }, requestId: 'x', ip: '127.0.0.1', userAgent: 'test' },
};

/** Something that a test waits for, until it is opened. */
function gate(): { open(): void; readonly passed: Promise<void> } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    passed,
    open: () => {
      open();
    },
  };
}

describeOnEachDatabase(
  'the work on a class',
  (open) => {
    let server: TestServer;
    let needs: ClassroomNeeds;
    const failures: unknown[] = [];
    before(async function () {
      this.timeout(30_000); // the first run generates keys
      server = await startServer({ db: open() });
      const { operationNeeds, applyOrganizationFile } = server.app;
      needs = { ...operationNeeds, applyOrganizationFile, onFailure: (error) => failures.push(error) };
    });

    /** Needs with something else before each organization is made. */
    const before4 = (act: (count: number) => Promise<unknown> | undefined): ClassroomNeeds => {
      let count = 0;
      return {
        ...needs,
        applyOrganizationFile: async (file, options) => {
          if (options?.dryRun !== true) await act((count += 1));
          return needs.applyOrganizationFile(file, options);
        },
      };
    };
    const make = async (given = needs, name = 'Class') => {
      const students = NAMES.map((each) => ({ name: `${each} ${name}` }));
      const begun = await createClassroom(given, caller, {
        name,
        students,
        template: TEMPLATE,
        readable: false,
      });
      return { id: begun.classroom.id, ended: begun.ended };
    };

    it('keeps what is made when it is stopped, and goes on with the rest', async () => {
      const stopping = before4((count) => {
        if (count !== 3) return undefined;
        return watchedId().then((id) => stopClassroom(needs, caller, id));
      });
      const watchedId = async () =>
        (await needs.db.read.selectFrom('classrooms').select('id').executeTakeFirstOrThrow()).id;
      const { id, ended } = await make(stopping);
      await ended;
      const { status, done, total } = await requireClassroom(needs, id);
      assert.deepEqual([status, done, total], ['stopped', 2, 4]);
      const steps = async () => (await watchStudents(needs, id)).map(({ step }) => step);
      assert.deepEqual(await steps(), ['not-signed-in', 'not-signed-in', 'not-made', 'not-made']);
      await (
        await resumeClassroom(needs, caller, id)
      ).ended;
      assert.equal((await requireClassroom(needs, id)).status, 'idle');
      assert.deepEqual(
        await steps(),
        NAMES.map(() => 'not-signed-in'),
      );
      await (
        await changeStudents(needs, caller, id, { pending: 'delete' })
      ).ended;
      await assert.rejects(requireClassroom(needs, id), failsWith('ResourceNotFoundException'));
    });

    it('does to one student what was asked, and not what was stopped for the others', async () => {
      const { id, ended } = await make(needs, 'One');
      await ended;
      // As when the deletion of all was stopped before the first.
      await needs.db.transaction((tx) => setPending(tx, id, 'delete'));
      await (
        await changeStudents(needs, caller, id, { pending: 'reset', number: 1 })
      ).ended;
      const { status, students } = await requireClassroom(needs, id);
      assert.deepEqual([status, students], ['stopped', 4]);
      // Whoever goes on asks for the rest.
      await (
        await resumeClassroom(needs, caller, id)
      ).ended;
      assert.equal((await requireClassroom(needs, id)).students, 1);
      await (
        await changeStudents(needs, caller, id, { pending: 'delete' })
      ).ended;
    });

    it('is left to the run that goes on, when the one that was stopped is still at a student', async () => {
      const [reached, released, met, ended] = [gate(), gate(), gate(), gate()];
      const old = await make(
        before4((count) => {
          if (count !== 2) return undefined;
          reached.open();
          return released.passed;
        }),
        'Two',
      );
      await reached.passed;
      await stopClassroom(needs, caller, old.id);
      const next = await resumeClassroom(
        before4((count) => {
          if (count !== 3) return undefined;
          met.open();
          return ended.passed;
        }),
        caller,
        old.id,
      );
      await met.passed;
      released.open();
      await old.ended;
      assert.equal((await requireClassroom(needs, old.id)).status, 'running');
      ended.open();
      await next.ended;
      const { status, faults, done } = await requireClassroom(needs, old.id);
      assert.deepEqual([status, faults, done], ['idle', [], 3]);
      await (
        await changeStudents(needs, caller, old.id, { pending: 'delete' })
      ).ended;
      assert.deepEqual(failures, []);
    });

    it('says with whom it failed and why, does all others, and tries again', async () => {
      const refused = new AppError('ConflictException', 'The address is taken.');
      const { id, ended } = await make(
        before4((count) => (count === 2 ? Promise.reject(refused) : undefined)),
        'B',
      );
      await ended;
      const { status, faults, done } = await requireClassroom(needs, id);
      assert.deepEqual(
        [status, done, faults.map(({ message }) => message)],
        ['failed', 3, ['Bea B: The address is taken.']],
      );
      await (
        await resumeClassroom(needs, caller, id)
      ).ended;
      assert.equal((await requireClassroom(needs, id)).status, 'idle');
      assert.deepEqual(failures, []);
    });

    it('is done by one at a time, and counts as interrupted when its server is silent', async () => {
      const { id, ended } = await make(needs, 'C');
      await ended;
      await needs.db.transaction((tx) => beginRun(tx, needs.clock, id));
      const late = await needs.db.transaction((tx) => beginRun(tx, needs.clock, id, { pending: 'delete' }));
      const { total, done } = await requireClassroom(needs, id);
      assert.deepEqual([late, total - done], [undefined, 0], 'the run that goes on is given nothing to do');

      await assert.rejects(
        changeStudents(needs, caller, id, { pending: 'reset' }),
        failsWith('ConflictException'),
      );
      await assert.rejects(makeSheet(needs, caller, id, {}), failsWith('ConflictException'));
      await assert.rejects(resumeClassroom(needs, caller, id), failsWith('ConflictException'));
      server.clock.advance(11 * SECOND_MS);
      assert.equal((await requireClassroom(needs, id)).status, 'interrupted');
      await (
        await resumeClassroom(needs, caller, id)
      ).ended;
      assert.equal((await requireClassroom(needs, id)).status, 'idle');
    });

    it('makes a student’s organization again at its addresses, also one that somebody else has deleted', async () => {
      const { id, ended } = await make(needs, 'D');
      await ended;
      const [before, after] = [await watchStudents(needs, id), () => watchStudents(needs, id)];
      const [card] = await makeSheet(needs, caller, id, { number: 2 });
      assert.ok(card && before[1]);
      const { organization, run } = await openOrganization(needs, caller, before[1].organizationId);
      await run((work) => deleteOrganization(work, organization));
      assert.equal((await after())[1]?.step, 'not-made');
      const [again] = await makeSheet(needs, caller, id, { number: 2 });
      assert.match(again?.problem ?? '', /reset it, and this card works/);
      await (
        await changeStudents(needs, caller, id, { pending: 'reset', number: 2 })
      ).ended;
      assert.deepEqual(
        (await after()).map(({ reference, organizationId }) => [reference, organizationId]),
        before.map(({ reference, organizationId }) => [reference, organizationId]),
      );
      const made = await findInstanceOf(needs.db.read, before[1].organizationId);
      assert.equal(`${needs.publicOrigin}/${made?.directoryId}/start`, card.portalUrl);
      const recorded = await needs.db.read
        .selectFrom('events')
        .select('event_name')
        .where('organization_id', '=', before[1].organizationId)
        .execute();
      for (const name of ['CreateOrganization', 'StartSSO', 'CreateUser', 'PutConsoleAccess'])
        assert.ok(
          recorded.some(({ event_name }) => event_name === name),
          name,
        );
    });

    it('is for operators only', async () => {
      const { id, ended } = await make(needs, 'E');
      await ended;
      const { instance } = server;
      const administrator: Caller = {
        ...caller,
        actor: {
          ...{ type: 'administrator', userId: 'x' as never, userName: 'ana', accountId: '1', access: 'full' },
          ...{ directoryId: instance.directoryId, organizationId: instance.organization.id },
          ...{ signedInAt: 0, withMfa: true },
        },
      };
      for (const act of [
        () => createClassroom(needs, administrator, { name: 'X', students: [{ name: 'X' }], readable: true }),
        () => changeStudents(needs, administrator, id, { pending: 'delete' }),
        () => makeSheet(needs, administrator, id, {}),
        () => stopClassroom(needs, administrator, id),
        () => resumeClassroom(needs, administrator, id),
        () => freeStudents(needs, administrator, id),
      ])
        await assert.rejects(act(), failsWith('AccessDeniedException'));
    });
  },
  { isPostgresInSample: false },
);
