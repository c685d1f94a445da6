import { Icon } from '../../components/icon.tsx';

/** The way back from a page of the settings. */
export function SettingsBack({ href }: { href: string }) {
  return (
    <a class="v-back" href={href}>
      <Icon name="arrow-left" />
      Settings
    </a>
  );
}
