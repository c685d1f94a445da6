import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../icons.ts';
import type { ShownAdvice } from './props.ts';
import { Named } from '../../components/named.tsx';

const LOOKS: Readonly<Record<ShownAdvice['severity'], { icon: IconName; word: string }>> = {
  problem: { icon: 'alert-circle', word: 'Problem' },
  warning: { icon: 'alert-triangle', word: 'Warning' },
  note: { icon: 'info-circle', word: 'Good to know' },
};

/** Common failures, the most important first. */
export function AdviceList({
  advice,
  applicationName,
}: {
  advice: readonly ShownAdvice[];
  applicationName: string;
}) {
  return (
    <section class="v-advice" aria-labelledby="advice">
      <h2 id="advice">Common problems</h2>
      {advice.length === 0 ? (
        <p class="v-advice-none">
          <Icon name="circle-check" />
          None found. If <Named text={applicationName} /> refuses the response anyway, compare the audience,
          the recipient and the certificate below with what is configured there.
        </p>
      ) : (
        <ul>
          {advice.map(({ code, severity, what, why, remedy }) => (
            <li key={code} class={`v-advice-${severity}`} data-code={code}>
              <Icon name={LOOKS[severity].icon} />
              <div>
                <h3>
                  <span class="v-advice-word">{LOOKS[severity].word}</span> {what}
                </h3>
                <p>{why}</p>
                <p class="v-advice-remedy">{remedy}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
