/** A QR code as one SVG path in a square of `size` units, including the quiet zone. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

/** Draws a text, such as an authenticator app's URI, as a QR code. */
export async function qrCodeOf(text: string): Promise<QrCode> {
  const { encode } = await import('uqr');
  // Scanners need a quiet zone of four modules (ISO/IEC 18004 §9.1).
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  }
  return { size, path };
}
