/* Colours as WCAG 2.2 measures them: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */

type Rgb = readonly [number, number, number];

/** Text (1.4.3, level AA). It is more than the 3:1 of edges and focus rings (1.4.11). */
const MIN_CONTRAST = 4.5;
const STEPS = 100;

/** One theme's grounds, from views/assets/theme/01-foundations.css, and how far its tint is from them. */
interface Theme {
  readonly grounds: readonly Rgb[];
  readonly surface: Rgb;
  /** The colour of text on the accent. */
  readonly onAccent: Rgb;
  /** Colours are mixed with it until they are legible. */
  readonly towards: Rgb;
  readonly tint: number;
}

const [BLACK, WHITE]: [Rgb, Rgb] = [
  [0, 0, 0],
  [255, 255, 255],
];
const LIGHT: Theme = {
  grounds: [WHITE, parse('#f7f6f2'), parse('#f3f2ec')],
  ...{ surface: WHITE, onAccent: WHITE, towards: BLACK, tint: 0.1 },
};
const DARK: Theme = {
  grounds: [parse('#182021'), parse('#0f1516'), parse('#121a1b')],
  ...{ surface: parse('#182021'), onAccent: parse('#0f1516'), towards: WHITE, tint: 0.14 },
};

/** The colours of one theme, as `#rrggbb`. */
export interface Accent {
  /** Buttons, links and focus rings. */
  readonly accent: string;
  /** The same under the pointer. */
  readonly strong: string;
  /** Text on both. */
  readonly onAccent: string;
  /** A tint, behind text of the accent's colour. */
  readonly soft: string;
}

/**
 * The accents of both themes for an organization's colour, `#rrggbb`: the colour itself where text of it and on it
 * has a contrast of 4.5:1, otherwise the nearest darker or lighter one that has.
 */
export function accentsOf(colour: string): { light: Accent; dark: Accent } {
  const given = parse(colour);
  return { light: accentOf(given, LIGHT), dark: accentOf(given, DARK) };
}

function accentOf(given: Rgb, { grounds, surface, onAccent, towards, tint }: Theme): Accent {
  const softOf = (accent: Rgb) => mix(surface, accent, tint);
  const isLegible = (accent: Rgb) =>
    [...grounds, onAccent, softOf(accent)].every((ground) => ratio(accent, ground) >= MIN_CONTRAST);
  let accent = given;
  for (let step = 1; step <= STEPS && !isLegible(accent); step += 1)
    accent = mix(given, towards, step / STEPS);
  const [shown, strong] = [accent, mix(accent, towards, 0.25)];
  return { accent: text(shown), strong: text(strong), onAccent: text(onAccent), soft: text(softOf(accent)) };
}

/**
 * The style sheet that gives pages an organization's colour. It consists of numbers that were computed here, so a
 * colour can't bring other CSS with it.
 */
export function accentStyle(colour: string): string {
  const { light, dark } = accentsOf(colour);
  const pair = (name: string, key: keyof Accent) => `${name}:light-dark(${light[key]},${dark[key]})`;
  return `:root{${[
    pair('--v-accent', 'accent'),
    pair('--v-accent-strong', 'strong'),
    pair('--v-on-accent', 'onAccent'),
    pair('--v-accent-soft', 'soft'),
  ].join(';')}}`;
}

/** The contrast of two colours, `#rrggbb`: 1 to 21. */
export const contrast = (one: string, other: string): number => ratio(parse(one), parse(other));

function ratio(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [
    Math.max(luminance(one), luminance(other)),
    Math.min(luminance(one), luminance(other)),
  ];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
}

function parse(colour: string): Rgb {
  const part = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16);
  return [part(1), part(3), part(5)];
}

const text = (colour: Rgb): string =>
  `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
