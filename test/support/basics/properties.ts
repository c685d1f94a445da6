import fc from 'fast-check';

/**
 * Looking for a smaller example can take longer than a test may: what was found in time says more than that time is over.
 * A property that isn't through by then has failed, too. Tests with more time say so themselves, which a plugin for all of
 * them wouldn't let them.
 */
const shownInTime = { interruptAfterTimeLimit: 8000, markInterruptAsFailure: true };

fc.configureGlobal(shownInTime);
