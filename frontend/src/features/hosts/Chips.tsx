/** Short words side by side, or what to say when there are none. */
export function Chips({ words, none }: { words: readonly string[]; none: string }) {
  if (words.length === 0) return <span class="quiet">{none}</span>;
  return (
    <span class="tags">
      {words.map((word) => (
        <span key={word} class="tag">
          {word}
        </span>
      ))}
    </span>
  );
}
