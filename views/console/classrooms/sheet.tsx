import type { QrCode as Code } from '../../../src/domain/credentials/mfa/totp/qr-code.ts';
import { Banner } from '../../components/console/banner.tsx';
import { Named } from '../../components/named.tsx';
import { Breakable } from '../../components/breakable.tsx';
import { Icon } from '../../components/icon.tsx';
import { QrCode } from '../../components/mfa/qr-code.tsx';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, type ClassroomFrame } from './frame.ts';

export interface ShownCard {
  number: number;
  name: string;
  userName: string;
  password: string;
  portalUrl: string;
  consoleUrl: string;
  users: readonly string[];
  usersPassword: string;
  problem?: string | undefined;
  /** The address of the portal: whoever sees it on a screen or a photograph learns no password. */
  qrCode: Code;
}

export interface SheetPageProps extends ClassroomFrame {
  id: string;
  className: string;
  cards: readonly ShownCard[];
}

/** The cards of a class, to print. They are shown once. */
export function SheetPage({ page, frame, id, className, cards }: SheetPageProps) {
  return (
    <OperatorLayout {...{ page, frame }} title={`Sheet: ${className}`} place="classrooms">
      <div class="v-no-print">
        <a class="v-back" href={`${classroomsHref(frame.homeHref)}/${id}`}>
          <Icon name="arrow-left" />
          <Named text={className} />
        </a>
        <div class="v-heading">
          <h1>Sheet to print</h1>
          <button type="button" class="btn btn-primary" data-print hidden>
            Print
          </button>
        </div>
        <Banner tone="warning">
          These passwords are shown once. Print this page, or save it as PDF, before you leave it.
        </Banner>
      </div>
      <ul class="v-cards">
        {cards.map((card) => (
          <li key={card.number} class="v-student-card">
            <CardOf {...card} />
          </li>
        ))}
      </ul>
    </OperatorLayout>
  );
}

function CardOf(card: ShownCard) {
  const { number, name, userName, password, portalUrl, consoleUrl, users, usersPassword, problem } = card;
  return (
    <section aria-labelledby={`card-${number}`}>
      <h2 id={`card-${number}`}>
        <Named text={name} />
      </h2>
      <div class="v-card-qr">
        <QrCode code={card.qrCode} label={`The address of the portal of ${name}`} />
      </div>
      <dl>
        <dt>Your portal</dt>
        <dd>
          <Breakable text={portalUrl} />
        </dd>
        <dt>Your console</dt>
        <dd>
          <Breakable text={consoleUrl} />
        </dd>
        <dt>User name</dt>
        <dd class="v-card-secret">
          <Named text={userName} />
        </dd>
        <dt>Password</dt>
        <dd class="v-card-secret">{password}</dd>
      </dl>
      {users.length > 0 && (
        <p class="v-card-users">
          Password of {users.join(', ')}: <span class="v-card-secret">{usersPassword}</span>
        </p>
      )}
      {problem !== undefined && <p class="v-card-problem">{problem}</p>}
    </section>
  );
}
