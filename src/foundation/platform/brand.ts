declare const brand: unique symbol;

/** A string that was checked, or generated, to be a `Name`. The compiler accepts no other brand and no plain string. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
