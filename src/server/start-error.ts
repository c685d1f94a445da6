/** A problem that the person who starts the server can solve; shown without a stack. */
export class StartError extends Error {}
