/** A problem that the user who starts the server can solve. Its message is shown without a stack. */
export class StartError extends Error {}
