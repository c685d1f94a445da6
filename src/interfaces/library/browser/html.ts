import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/** A form of a page: what a browser would send, and where. */
export interface HtmlForm {
  readonly action: string | undefined;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  /** All attributes, by name in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
}

interface ReadForm extends HtmlForm {
  readonly fields: Record<string, string>;
}

/** Inputs that a browser sends only if they are chosen. */
const CHOSEN = new Set(['submit', 'button', 'image', 'reset', 'checkbox', 'radio', 'file']);

/**
 * The forms of a page with their inputs, as a browser assigns them to forms. Finds only static HTML, not what
 * scripts create.
 */
export async function formsOf(html: string): Promise<HtmlForm[]> {
  // Loaded with the first page, since starting a server needs no browser.
  const { defaultTreeAdapter, parse } = await import('parse5');
  const forms = new Map<Tree.Element, ReadForm>();
  parse(html, {
    // Without scripts, a browser shows the content of noscript.
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      // Text and comments have no tag name.
      insertText: () => undefined,
      insertTextBefore: () => undefined,
      onElementCreated(element, { formElement, isInTemplate }) {
        if (isInTemplate) return;
        if (element.tagName === 'form') forms.set(element, readForm(element));
        const form = formElement && forms.get(formElement);
        if (form && element.tagName === 'input') addField(form.fields, attributesOf(element));
      },
    },
  });
  return [...forms.values()];
}

function readForm(element: Tree.Element): ReadForm {
  const attributes = attributesOf(element);
  const method = attributes.get('method')?.toLowerCase() ?? 'get';
  return { action: attributes.get('action'), method, fields: {}, attributes };
}

const attributesOf = ({ attrs }: Tree.Element): ReadonlyMap<string, string> =>
  new Map(attrs.map(({ name, value }) => [name, value]));

function addField(fields: Record<string, string>, attributes: ReadonlyMap<string, string>): void {
  const name = attributes.get('name') ?? '';
  if (name === '' || CHOSEN.has(attributes.get('type')?.toLowerCase() ?? 'text')) return;
  fields[name] = attributes.get('value') ?? '';
}
