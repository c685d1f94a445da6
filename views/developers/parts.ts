import type { ShownPart } from './part.ts';
import { buttonsPart } from './samples/buttons.tsx';
import { chartPart } from './samples/chart.tsx';
import { confirmationPart } from './samples/confirmation.tsx';
import { awkwardDetailPart, detailPart } from './samples/detail.tsx';
import { formPart } from './samples/form.tsx';
import { jsonPart } from './samples/json.tsx';
import { listPart } from './samples/list.tsx';
import { livePart } from './samples/live.tsx';
import { verdictListPart } from './samples/verdict-list.tsx';
import { noticesPart } from './samples/notices.tsx';
import { progressPart } from './samples/progress.tsx';
import { wizardPart } from './samples/wizard.tsx';

/** Every part of views/components/console, in all its states. */
export const PARTS: readonly ShownPart[] = [
  listPart,
  detailPart,
  awkwardDetailPart,
  formPart,
  wizardPart,
  confirmationPart,
  buttonsPart,
  progressPart,
  livePart,
  verdictListPart,
  noticesPart,
  chartPart,
  jsonPart,
];
