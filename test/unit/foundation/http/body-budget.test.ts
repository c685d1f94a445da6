import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { createBodyBudget } from '../../../../src/foundation/http/body-budget.ts';

describe('the budget of all bodies', () => {
  it('counts a body until its request is answered, even if more of it comes after an early answer', () => {
    const bodies = createBodyBudget(100);
    const request = new bodies.IncomingMessage(new Socket());
    request.push(Buffer.alloc(40));
    assert.equal(bodies.held(), 40);
    bodies.release(request);
    request.push(Buffer.alloc(40));
    assert.equal(bodies.held(), 0);
  });

  it('gives up the new body when all others are complete', () => {
    const bodies = createBodyBudget(100);
    const [complete, next] = [new Socket(), new Socket()].map((socket) => new bodies.IncomingMessage(socket));
    assert.ok(complete && next);
    complete.push(Buffer.alloc(60));
    complete.complete = true;
    next.push(Buffer.alloc(60));
    assert.deepEqual([complete.socket.destroyed, next.socket.destroyed], [false, true]);
    assert.equal(bodies.held(), 60);
  });
});
