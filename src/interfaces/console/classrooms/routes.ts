import type { Mount } from '../../../foundation/http/context.ts';
import { addRoutes } from './add-routes.tsx';
import { changeRoutes } from './change-routes.tsx';
import { classRoutes } from './class-routes.tsx';
import { listRoutes } from './list-routes.tsx';
import type { ClassroomPageNeeds } from './needs.ts';
import { sheetRoutes } from './sheet-routes.tsx';

/** All pages about classes, in the order of matching: `/add` before what has an id in its place. */
export const classroomRoutes = (needs: ClassroomPageNeeds): Mount[] => [
  listRoutes(needs),
  addRoutes(needs),
  sheetRoutes(needs),
  changeRoutes(needs),
  classRoutes(needs),
];
