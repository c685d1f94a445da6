/** What will happen, before it is asked for. Each is a sentence, the worst first. */
export function Consequences({ sentences }: { sentences: readonly string[] }) {
  return (
    <div class="v-consequences">
      <h2>What will happen</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
