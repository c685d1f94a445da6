/** What is wrong with a form that is shown again. */
export interface FormProblems {
  /** The messages beside the fields, by the fields' names. */
  errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  error?: string | undefined;
  conflict?: object | undefined;
}

/** The title of a page with a form. It begins with what is wrong, so that screen readers say it first. */
export function formTitle(title: string, { errors, error, conflict }: FormProblems): string {
  if (conflict !== undefined) return `Changed meanwhile: ${title}`;
  return error !== undefined || Object.keys(errors).length > 0 ? `Nothing was saved: ${title}` : title;
}
