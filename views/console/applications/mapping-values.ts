/** A mapping as it was typed, with the messages beside its fields. */
export interface TypedMapping {
  readonly name: string;
  readonly value: string;
  readonly format: string;
}

/** The mappings of an application as they were typed. The names of their fields are those of `mappingField`. */
export interface TypedMappings {
  readonly subject: { readonly value: string; readonly format: string };
  readonly attributes: readonly TypedMapping[];
}

/** The name of a field of the form: of the subject, or of the attribute with this number. */
export const mappingField = (part: keyof TypedMapping, of: number | 'subject'): string => `${part}-${of}`;

/** What an assertion would say about a user, or why that can't be said. */
export interface ShownPreview {
  readonly userName: string;
  /** Absent if its mapping has no value for this user. */
  readonly subject?: { readonly value: string; readonly format: string | null } | undefined;
  readonly attributes: readonly {
    readonly name: string;
    readonly format: string | null;
    readonly values: readonly string[];
  }[];
  readonly assertionXml?: string | undefined;
}

export type PreviewState = ShownPreview | { readonly trouble: string };
