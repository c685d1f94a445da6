/** Icons that pages use, by Tabler's names. The sprite contains these and the application icons. */
const UI_ICONS = [
  'alert-circle',
  'alert-triangle',
  'apps',
  'arrow-left',
  'arrow-right',
  'arrows-exchange',
  'check',
  'chevron-down',
  'circle-check',
  'circle-x',
  'clock',
  'copy',
  'device-desktop',
  'device-mobile',
  'devices',
  'door-enter',
  'door-exit',
  'edit',
  'external-link',
  'eye',
  'eye-off',
  'fingerprint',
  'hourglass',
  'info-circle',
  'key',
  'lock',
  'logout',
  'map-pin',
  'moon',
  'plus',
  'refresh',
  'search',
  'search-off',
  'shield-check',
  'sun',
  'trash',
  'user',
] as const;

/** Icons that an application can have on its tile, by Tabler's names. */
export const APPLICATION_ICONS = [
  'book',
  'briefcase',
  'bug',
  'building',
  'calendar',
  'cash',
  'chart-bar',
  'chart-pie',
  'cloud',
  'credit-card',
  'database',
  'file-text',
  'flask',
  'folder',
  'git-branch',
  'headset',
  'heart',
  'mail',
  'map',
  'message-circle',
  'notebook',
  'package',
  'photo',
  'plane',
  'presentation',
  'receipt',
  'rocket',
  'school',
  'server',
  'settings',
  'shopping-cart',
  'terminal',
  'ticket',
  'tool',
  'truck',
  'users',
  'video',
  'world',
] as const;

export type ApplicationIconName = (typeof APPLICATION_ICONS)[number];
export type IconName = (typeof UI_ICONS)[number] | ApplicationIconName;

export const ICON_NAMES: readonly IconName[] = [...UI_ICONS, ...APPLICATION_ICONS];

/** Whether the sprite contains an application's icon; a tile with another name shows initials. */
export function isApplicationIcon(name: string): name is ApplicationIconName {
  const known: readonly string[] = APPLICATION_ICONS;
  return known.includes(name);
}
