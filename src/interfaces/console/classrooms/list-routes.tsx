import { ClassroomsPage } from '../../../../views/console/classrooms/list.tsx';
import { listClassrooms } from '../../../administration/classroom/store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { operatorFrame } from '../operators/operator-frame.ts';
import { operatorPage } from './handlers.ts';
import { CLASSROOMS_PATH, type ClassroomPageNeeds } from './needs.ts';

const DONE: Readonly<Record<string, string>> = {
  deleted: 'The class was deleted with all its organizations.',
};

/** The list of classes. */
export function listRoutes(needs: ClassroomPageNeeds): Mount {
  return (router) => {
    router.get(
      CLASSROOMS_PATH,
      operatorPage(needs, { query: doneQuery }, async (ctx, operator, { query }) => {
        const found = await listClassrooms(needs.db.read, needs.clock);
        const classrooms = found.map(({ id, name, students, status, createdAt }) => ({
          ...{ id, name, students, status, createdAt: whenOf(createdAt) },
        }));
        needs.show(ctx, undefined, (page) => (
          <ClassroomsPage
            frame={operatorFrame(ctx, operator)}
            {...{ page, classrooms }}
            done={doneText(DONE, query.done)}
          />
        ));
      }),
    );
  };
}
