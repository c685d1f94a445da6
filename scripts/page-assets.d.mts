/** One SVG with a symbol for each icon of views/icons.ts. */
export function iconSprite(): Promise<string>;
