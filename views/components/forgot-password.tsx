/** The link below a step's form (guide, "How to reset your password"). */
export function ForgotPassword({ href }: { href: string | undefined }) {
  if (href === undefined) return null;
  return (
    <p class="v-aside">
      <a href={href}>Forgot Password?</a>
    </p>
  );
}
