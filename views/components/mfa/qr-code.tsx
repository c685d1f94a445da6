import type { QrCode as Code } from '../../../src/domain/credentials/mfa/totp/qr-code.ts';

/** A QR code, dark on light in every theme, because many scanners read no other. */
export function QrCode({ code, label }: { code: Code; label: string }) {
  return (
    <svg class="v-qr" viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={label}>
      <rect width={code.size} height={code.size} fill="#ffffff" />
      <path d={code.path} fill="#000000" shape-rendering="crispEdges" />
    </svg>
  );
}
