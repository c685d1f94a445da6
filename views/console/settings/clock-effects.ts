/** What a change of the clock touches. A number of `MOST` stands for that many or more. */
export interface ClockEffects {
  readonly isForward: boolean;
  readonly sessions: number;
  readonly signIns: number;
  readonly passwordLinks: number;
  /** Active certificates. */
  readonly certificates: number;
  /** Whether the session of the person who asks ends. */
  readonly endsYours: boolean;
}

const MOST = 10_000;

/** The effects as sentences, the gravest first. Empty when nothing is touched. */
export function clockEffectSentences(effects: ClockEffects): string[] {
  const { isForward, sessions, signIns, passwordLinks, certificates, endsYours } = effects;
  const sentence = (count: number, one: string, many: string, [ends, end]: readonly [string, string]) => {
    if (count === 0) return [];
    const number = count >= MOST ? '10,000 or more' : count;
    const [singular, plural] = isForward ? [ends, end] : ['is valid again', 'are valid again'];
    return [`${number} ${count === 1 ? `${one} ${singular}` : `${many} ${plural}`}.`];
  };
  return [
    ...(endsYours ? ['Your own session ends: you sign in again.'] : []),
    ...sentence(certificates, 'active certificate', 'active certificates', ['expires', 'expire']),
    ...sentence(sessions, 'session of a user', 'sessions of users', ['ends', 'end']),
    ...sentence(signIns, 'sign-in under way', 'sign-ins under way', ['expires', 'expire']),
    ...sentence(passwordLinks, 'link in a mail', 'links in mails', ['lapses', 'lapse']),
  ];
}
