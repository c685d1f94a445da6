import assert from 'node:assert/strict';
import { marksOf, joinsOf } from '../../../../views/components/signed-xml/marks.ts';
import { xmlLines } from '../../../../views/components/xml-lines.ts';

const element = (tagName: string, ...coveredBy: number[]) => ({ tagName, coveredBy });

/** The text of each line, with the signatures that cover it. */
const marked = (xml: string, elements: ReturnType<typeof element>[]) => {
  const lines = xmlLines(xml);
  const marks = marksOf(lines, { elements });
  return lines.map(({ tokens }, index) => [tokens.map(({ text }) => text).join(''), marks[index]]);
};

describe('the marks of signed XML', () => {
  it('are before each line of a covered element, its end and its texts among them', () => {
    assert.deepEqual(
      marked('<a><b>x<![CDATA[y]]></b><c><d/></c></a>', [
        ...[element('a'), element('b', 1), element('c', 1, 2), element('d', 2)],
      ]),
      [
        ['<a>', []],
        ['<b>x', [1]],
        ['<![CDATA[y]]>', [1]],
        ['</b>', [1]],
        ['<c>', [1, 2]],
        ['<d/>', [2]],
        ['</c>', [1, 2]],
        ['</a>', []],
      ],
    );
  });

  it('are not before a comment, which no signature covers', () => {
    assert.deepEqual(marked('<n>ana<!-- x -->@example.com</n>', [element('n', 1)]), [
      ['<n>ana', [1]],
      ['<!-- x -->', []],
      ['@example.com', [1]],
      ['</n>', [1]],
    ]);
  });

  it('are nowhere when the text is read in another way than what is signed', () => {
    for (const elements of [[element('a', 1)], [element('a', 1), element('evil', 1)]])
      assert.deepEqual(
        marked('<a><b/></a>', elements).map(([, by]) => by),
        [[], [], []],
      );
  });

  it('lead from each reference to the elements that it names, and back', () => {
    const reference = { element: 2, uri: '#a', targets: [0, 1], digestMethod: '', transforms: [] };
    const signature = {
      ...{ number: 1, element: 2, parent: { tagName: 'a', element: 0 }, algorithm: '', detail: null },
      ...{ verdict: 'unsound' as const, references: [reference] },
    };
    const elements = [element('a'), element('b'), element('ds:Reference')];
    assert.deepEqual(
      joinsOf({ elements, signatures: [signature] }).map(({ at, to, words }) => `${at} ${to} ${words}`),
      ['2 0 → a', '0 2 ← named by signature 1', '2 1 → b', '1 2 ← named by signature 1'],
    );
  });
});
