import { textOf, type Answer } from '../servers/browserless.ts';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What a page says beside a field, as a screen reader finds it: the text by which the control that is marked as invalid,
 * or the group of its choices, is described. Undefined when there is none.
 */
export function faultAt(page: Answer, field: string): string | undefined {
  const named = new RegExp(`\\sname="${escaped(field)}"`);
  const tags = page.body.match(/<(?:input|select|textarea|fieldset)\b[^>]*>/g) ?? [];
  const controls = tags.filter((tag) => named.test(tag));
  // The group of radio buttons or check boxes stands before its first one.
  const group = tags
    .slice(
      0,
      tags.findIndex((tag) => named.test(tag)),
    )
    .findLast((tag) => tag.startsWith('<fieldset'));
  const ofChoice = controls.some((tag) => /type="(?:radio|checkbox)"/.test(tag)) && group !== undefined;
  const considered = ofChoice ? [...controls, group] : controls;
  if (!considered.some((tag) => tag.includes('aria-invalid="true"'))) return undefined;
  const ids = considered.flatMap((tag) => /aria-describedby="([^"]*)"/.exec(tag)?.[1]?.split(' ') ?? []);
  const errorId = ids.find((id) => id.endsWith('error'));
  if (errorId === undefined) return undefined;
  const [, message = ''] =
    new RegExp(`\\sid="${escaped(errorId)}"[^>]*>(.*?)</(?:p|div)>`, 's').exec(page.body) ?? [];
  const text = textOf({ ...page, body: message });
  return text === '' ? undefined : text;
}
