/** The pictures of README: file names in docs/images, without the ending, with the size of the window and the theme. */
export const README_PICTURES = {
  portal: { width: 1280, height: 600, theme: 'light' },
  'sign-in': { width: 1280, height: 960, theme: 'light' },
  administrator: { width: 1280, height: 800, theme: 'light' },
  'what-just-happened': { width: 1280, height: 1120, theme: 'light' },
  phone: { width: 390, height: 844, theme: 'dark' },
} as const;

export type ReadmePicture = keyof typeof README_PICTURES;

/** In bytes: pictures make every clone larger, for ever. */
export const MAX_PICTURE_BYTES = 120 * 1024;
