import { PartPage } from '../../../../views/developers/part-page.tsx';
import { PARTS } from '../../../../views/developers/parts.ts';
import type { PageSamples } from '../page-sample.ts';

/** The pages for developers, with every part of the console in all its states. */
export const developerPages: PageSamples = Object.fromEntries(
  PARTS.map((part) => [
    `part-${part.id}`,
    (page: Parameters<PageSamples[string]>[0]) => <PartPage {...{ page, part }} parts={PARTS} />,
  ]),
);
