/** Why somebody can’t sign in to an application, in a browser without a session. */
export interface Diagnosis {
  /** Whether nothing stops it. */
  readonly canSignIn: boolean;
  /** In a sentence: nothing stops it, or the first cause. */
  readonly conclusion: string;
  /** Null if there is no such user. */
  readonly user: { readonly id: string; readonly userName: string } | null;
  readonly application: { readonly id: string; readonly displayName: string };
  /** The facts one by one; the first that stops is the cause that the conclusion names. */
  readonly findings: readonly {
    /** Such as `user-disabled`. */
    readonly code: string;
    readonly verdict: 'ok' | 'warns' | 'stops';
    /** What was looked at, such as `Password`. */
    readonly label: string;
    /** What was found. */
    readonly text: string;
    /** What to do about it. */
    readonly change: string | null;
    /** The page of the console where it is. */
    readonly where: string | null;
  }[];
}
