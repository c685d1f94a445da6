/**
 * Loaded into a server by `--import`. Measures the longest time that its main thread works without returning to the
 * event loop: all other requests wait for that long.
 *
 * It counts processor time of that thread and not time by the clock, because a machine that is also busy with other
 * work would make every turn of the loop look long. A timer reads it every millisecond that the loop turns, so a
 * measured stall is too long by that millisecond and by what the kernel counts late (at most a tick: 10 ms).
 *
 * A parent process sends `take` and gets what was measured since the last time.
 */
import { openSync, readSync } from 'node:fs';

// Of the main thread alone, unlike process.cpuUsage(). Its first number is the time on a processor in nanoseconds.
const file = openSync('/proc/self/schedstat', 'r');
const text = Buffer.alloc(128);

function processorMs() {
  const length = readSync(file, text, 0, text.length, 0);
  return Number(text.toString('latin1', 0, length).split(' ')[0]) / 1e6;
}

let last = processorMs();
let startedAt = last;
let stallMs = 0;

function sample() {
  const now = processorMs();
  stallMs = Math.max(stallMs, now - last);
  last = now;
}

setInterval(sample, 1).unref();
process.on('message', (message) => {
  if (message !== 'take') return;
  sample();
  process.send?.({ stallMs, workMs: last - startedAt });
  stallMs = 0;
  startedAt = last;
});
process.channel?.unref();
