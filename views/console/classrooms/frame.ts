import type { ConsolePerson } from '../../layouts/console-layout.tsx';
import type { PageContext } from '../../page-context.tsx';

/** What all pages about classes take. */
export interface ClassroomFrame {
  page: PageContext;
  person: ConsolePerson;
  /** The list of all organizations. */
  homeHref: string;
}

export type ClassroomStatus = 'idle' | 'running' | 'stopped' | 'failed' | 'interrupted';

export const STATUS_WORDS: Record<ClassroomStatus, string> = {
  idle: 'Ready',
  running: 'Being worked on',
  stopped: 'Stopped halfway',
  failed: 'Failed in part',
  interrupted: 'Interrupted',
};

export const classroomsHref = (homeHref: string): string => `${homeHref}/classrooms`;
