import type { ConsoleFrame } from '../instance-layout.tsx';

export interface DiagnosisLinkProps {
  frame: ConsoleFrame;
  /** The user name, if known. */
  user?: string | undefined;
  /** The id or key, if known. */
  application?: string | undefined;
  label: string;
}

/** Leads to the diagnosis with what is known filled in. */
export function DiagnosisLink({ frame, user, application, label }: DiagnosisLinkProps) {
  const known = new URLSearchParams({
    ...(user !== undefined && { user }),
    ...(application !== undefined && { application }),
  });
  return <a href={`${frame.homeHref}/diagnosis?${known.toString()}`}>{label}</a>;
}
