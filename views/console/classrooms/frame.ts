import type { PageContext } from '../../page-context.tsx';
import type { OperatorFrame } from '../operator-layout.tsx';

/** What all pages about classes take. */
export interface ClassroomFrame {
  page: PageContext;
  frame: OperatorFrame;
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
