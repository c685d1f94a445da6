import type { MetadataRelaxationId } from './relaxations.ts';

/** A problem in a service provider's metadata that doesn't prevent its use. */
export interface MetadataWarning {
  readonly code:
    | MetadataRelaxationId
    | 'expired'
    | 'unreadable-certificate'
    | 'key-not-supported'
    | 'certificate-expired'
    | 'key-without-certificate'
    | 'certificates-passed-over'
    | 'consumer-service-skipped'
    | 'logout-service-skipped';
  readonly message: string;
}

/** More of one kind tell the reader nothing new. */
const MOST_OF_A_CODE = 10;

/**
 * The warnings without all but the first ones of each code; the last one that is kept says how many there are. A hostile
 * entity has thousands of oddities, and all who register it get their warnings.
 */
export function firstOfEachCode(warnings: readonly MetadataWarning[]): MetadataWarning[] {
  const counts = new Map<string, number>();
  for (const { code } of warnings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const seen = new Map<string, number>();
  return warnings.flatMap(({ code, message }) => {
    const place = (seen.get(code) ?? 0) + 1;
    seen.set(code, place);
    if (place > MOST_OF_A_CODE) return [];
    const more = (counts.get(code) ?? 0) - MOST_OF_A_CODE;
    return [
      {
        code,
        message: place === MOST_OF_A_CODE && more > 0 ? `${message}; and ${more} more of this kind` : message,
      },
    ];
  });
}
