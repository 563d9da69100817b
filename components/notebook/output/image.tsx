/** A picture that a cell drew: base64 of a PNG, described by the bundle's plain text. */
export function Image({ base64, description }: { base64: string; description: string }) {
  return (
    <div class="output-image">
      <img src={`data:image/png;base64,${base64}`} alt={description} />
    </div>
  );
}
