import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Ctx } from '../../../../src/foundation/http/context.ts';
import { createGate } from '../../../../src/foundation/http/gate.ts';

describe('the gate', () => {
  const visit = async (gate: ReturnType<typeof createGate>, path: string, answered: string[] = []) => {
    const ctx = { path } as Ctx; // The gate reads nothing else.
    await gate.middleware(ctx, () => {
      answered.push(path);
      return Promise.resolve();
    });
  };

  it('answers health checks immediately, and holds other requests until it is open', async () => {
    const gate = createGate();
    const answered: string[] = [];
    const held = visit(gate, '/', answered);
    await visit(gate, '/healthz', answered);
    await setImmediate();
    assert.deepEqual([answered, gate.isOpen()], [['/healthz'], false]);
    gate.open();
    await held;
    assert.deepEqual([answered, gate.isOpen()], [['/healthz', '/'], true]);
  });

  it('reports the first visit once, after its answer, and ignores probes', async () => {
    const gate = createGate();
    gate.open();
    const told: string[] = [];
    gate.onFirstVisit(() => told.push('told'));
    await visit(gate, '/readyz', told);
    await setImmediate();
    assert.deepEqual(told, ['/readyz']);
    await visit(gate, '/a', told);
    await visit(gate, '/b', told);
    await setImmediate();
    assert.deepEqual(told, ['/readyz', '/a', '/b', 'told']);
  });
});
