import { Named } from '../named.tsx';

export interface PostButtonProps {
  action: string;
  csrf: string;
  label: string;
  /** Follows the label for screen readers, such as `the session of Firefox`, where several buttons have one label. */
  of?: string | undefined;
  /** The version of the record that is shown, if the server compares it. */
  version?: number | undefined;
  /** What a page is mostly for. */
  isPrimary?: boolean;
  /** In a notice, or beside other small buttons. */
  isSmall?: boolean;
  /** At the end of an item of a `v-list`; it is small there. */
  isInList?: boolean;
}

/** A form of one button: it acts at once, so what it does can be undone or done again. */
export function PostButton(props: PostButtonProps) {
  const { action, csrf, label, of, version, isPrimary = false, isInList = false } = props;
  const { isSmall = isInList } = props;
  const look = isPrimary ? 'btn-primary' : 'v-button-quiet';
  return (
    <form method="post" action={action} class={isInList ? 'v-list-actions' : undefined}>
      <input type="hidden" name="csrf" value={csrf} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <button type="submit" class={isSmall ? `btn btn-sm ${look}` : `btn ${look}`}>
        {label}
        {of !== undefined && (
          <span class="visually-hidden">
            {' '}
            <Named text={of} />
          </span>
        )}
      </button>
    </form>
  );
}
