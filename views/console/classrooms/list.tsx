import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time, type When } from '../../components/when.tsx';
import { OperatorLayout } from '../operator-layout.tsx';
import { classroomsHref, STATUS_WORDS, type ClassroomFrame, type ClassroomStatus } from './frame.ts';

export interface ClassroomsPageProps extends ClassroomFrame {
  classrooms: readonly {
    readonly id: string;
    readonly name: string;
    readonly students: number;
    readonly status: ClassroomStatus;
    readonly createdAt: When;
  }[];
  /** What an act has done. */
  done?: string | undefined;
}

/** All classes of the server. */
export function ClassroomsPage({ page, frame, classrooms, done }: ClassroomsPageProps) {
  const here = classroomsHref(frame.homeHref);
  const add = { label: 'New class', href: `${here}/add` };
  return (
    <OperatorLayout {...{ page, frame }} title="Classes" place="classrooms">
      <div class="v-heading">
        <h1>Classes</h1>
        <a class="btn btn-primary" href={add.href}>
          <Icon name="plus" />
          {add.label}
        </a>
      </div>
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      {classrooms.length === 0 ? (
        <EmptyState icon="users" title="There is no class" action={add}>
          A class gives each student an organization of their own, made from one organization file, with a
          card that says where it is and how to sign in.
        </EmptyState>
      ) : (
        <ListRows
          caption="Classes"
          columns={['Class', 'Students', 'State', 'Made'].map((label) => ({ label }))}
          rows={classrooms.map(({ id, name, students, status, createdAt }) => ({
            ...{ id, name, href: `${here}/${id}` },
            cells: [String(students), STATUS_WORDS[status], <Time key="at" at={createdAt} />],
          }))}
          csrf={frame.person.csrf}
        />
      )}
    </OperatorLayout>
  );
}
