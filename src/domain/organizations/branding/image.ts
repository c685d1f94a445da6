/** A picture that was read to its last octet. */
export interface Image {
  readonly type: 'image/png' | 'image/jpeg';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** The file, without what doesn't draw. */
  readonly octets: Buffer;
}

export type ReadImage =
  | { readonly ok: true; readonly image: Image }
  /** `reason` continues a sentence: “The logo …”. */
  | { readonly ok: false; readonly reason: string };

export const refused = (reason: string): ReadImage => ({ ok: false, reason });
