declare const brand: unique symbol;

/** A string that was checked or made to be a `Name`: two brands can't be mixed up, and a bare string isn't one. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
