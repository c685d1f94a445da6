import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';

/** Pages by name, each with sample data. */
export type PageSamples = Readonly<Record<string, (page: PageContext) => VNode>>;
