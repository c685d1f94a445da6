/** A block of a text in PEM: what stands between its BEGIN line and its END line. */
export interface PemBlock {
  /** Such as `CERTIFICATE` or `RSA PRIVATE KEY`. */
  readonly label: string;
  /** Its content without white space; not checked to be base64. */
  readonly base64: string;
  /** Whether headers say that it is encrypted (RFC 1421 §4.6.1.1), as in traditional private keys with a password. */
  readonly isEncrypted: boolean;
}

/**
 * The blocks of a text in PEM, in its order. The text around them is passed over (RFC 7468 §2): bag attributes, the
 * output of `openssl x509 -text`, comments, a byte order mark. Lines may end in any way, or be joined to one. A block
 * whose END line is missing ends with the text; its content tells whether it is complete.
 */
export function pemBlocks(text: string): PemBlock[] {
  const pieces = text.split('-----');
  return pieces.flatMap((piece, index) => {
    const content = pieces[index + 1];
    if (!piece.startsWith(BEGIN) || content === undefined) return [];
    return [
      {
        label: piece.slice(BEGIN.length),
        base64: content.replace(/\s+/g, ''),
        isEncrypted: content.includes('4,ENCRYPTED'),
      },
    ];
  });
}

const BEGIN = 'BEGIN ';

/** A block in PEM with lines of 64 characters (RFC 7468 §2). */
export function pemOf(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
