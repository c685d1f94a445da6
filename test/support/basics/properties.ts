import fc from 'fast-check';

/**
 * Shrinking a counterexample can take longer than the time limit of a test, and the counterexample found so far says
 * more than a timeout does. A property that isn't finished by then fails, too. Tests with a longer limit set these
 * options themselves; a plugin that sets them for all tests would not allow that.
 */
const shownInTime = { interruptAfterTimeLimit: 8000, markInterruptAsFailure: true };

fc.configureGlobal(shownInTime);
