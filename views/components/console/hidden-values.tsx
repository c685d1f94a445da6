/** Values that a form sends without showing them; a list is sent as several values of one name. */
export type HiddenEntries = Readonly<Record<string, string | readonly string[]>>;

/** Hidden fields. They have no ids, since nothing refers to them. */
export function HiddenValues({ values }: { values: HiddenEntries }) {
  return (
    <>
      {Object.entries(values).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((each, index) => (
          <input key={`${name} ${index}`} type="hidden" name={name} value={each} />
        )),
      )}
    </>
  );
}
