import { Icon } from './icon.tsx';

export interface SignOutFormProps {
  action: string;
  csrf: string;
}

/** The button at the end of an account menu. */
export function SignOutForm({ action, csrf }: SignOutFormProps) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="csrf" value={csrf} />
      <button type="submit" class="btn w-100 v-button-quiet">
        <Icon name="logout" />
        Sign out
      </button>
    </form>
  );
}
