import { useEffect, useRef, useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Drawing } from "./drawing.tsx";
import { describe, findWord, nearOf, type WordMapData } from "./schema.ts";
import { ALL, HEIGHT, magnified, pointToKeep, projection, radiusOf, type Sight, WIDTH } from "./view-box.ts";

/** A map of words: find one, see its neighbours with their cosines, move and magnify. The chosen word stays while data change. */
export function View({ data, id }: { data: WordMapData; id: string }) {
  const [chosenWord, setChosenWord] = useState(data.chosen ?? "");
  const [sight, setSight] = useState<Sight>(ALL);
  const { body, lettering } = useLettering();
  const radius = data.radius ?? radiusOf(data.words);
  const chosen = data.words.findIndex(({ word }) => word === chosenWord);
  const choose = (at: number) => setChosenWord(data.words[at]?.word ?? "");
  const goTo = (at: number) => {
    choose(at);
    const word = data.words[at];
    if (word) setSight(inSight(word, sight, radius));
  };
  const zoomBy = (factor: number) =>
    setSight(magnified(sight, radius, factor, pointToKeep(data.words[chosen], radius, sight)));
  return (
    <FigureFrame title={data.title} caption={data.caption ?? CAPTION} table={table(data)}>
      <div class="word-map-tools">
        <Search data={data} id={id} onFind={goTo} />
        <span class="word-map-zoom" role="group" aria-label="Magnification">
          <button
            type="button"
            aria-label="Smaller"
            disabled={sight.zoom <= 1}
            onClick={() => zoomBy(1 / 1.5)}
          >
            −
          </button>
          <button type="button" aria-label="Larger" onClick={() => zoomBy(1.5)}>
            +
          </button>
          <button type="button" disabled={sight.zoom <= 1} onClick={() => setSight(ALL)}>
            Show all
          </button>
        </span>
        {data.groups ? (
          <span class="word-map-groups">
            {data.groups.map((group, k) => (
              <span data-group={k}>{group}</span>
            ))}
          </span>
        ) : null}
      </div>
      <div class="word-map-body" ref={body}>
        <Drawing
          data={data}
          radius={radius}
          sight={sight}
          onSight={setSight}
          chosen={chosen}
          onChoose={choose}
          label={describe({ ...data, chosen: chosenWord })}
          id={id}
          lettering={lettering}
        />
        <Neighbours data={data} chosen={chosen} onChoose={goTo} />
      </div>
    </FigureFrame>
  );
}

/** On a narrow page the style sheet draws names larger in the drawing's units: they need more room. */
function useLettering() {
  const body = useRef<HTMLDivElement>(null);
  const [lettering, setLettering] = useState(1);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) =>
      setLettering((entry?.contentRect.width ?? 540) <= 520 ? 1.45 : 1),
    );
    if (body.current) observer.observe(body.current);
    return () => observer.disconnect();
  }, []);
  return { body, lettering };
}

const CAPTION =
  "Words that stand near each other have similar vectors; the axes themselves mean nothing. Press a word, or find one, to see the " +
  "words whose vectors make the smallest angle with its own.";

function Search({ data, id, onFind }: { data: WordMapData; id: string; onFind(at: number): void }) {
  const [text, setText] = useState("");
  const isMissing = text.trim() !== "" && findWord(data, text) < 0;
  return (
    <form
      class="word-map-search"
      onSubmit={(event) => {
        event.preventDefault();
        const at = findWord(data, text);
        if (at >= 0) onFind(at);
      }}
    >
      <label>
        Find a word{" "}
        <input
          id={`${id}find`}
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={40}
          value={text}
          aria-invalid={isMissing}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Find</button>
      <span class="word-map-missing" role="status">
        {isMissing ? "not on this map" : ""}
      </span>
    </form>
  );
}

interface NeighboursProps {
  data: WordMapData;
  chosen: number;
  onChoose(at: number): void;
}

function Neighbours({ data, chosen, onChoose }: NeighboursProps) {
  const word = data.words[chosen];
  if (!word) return <p class="word-map-near">No word is chosen.</p>;
  const near = nearOf(data, chosen);
  return (
    <div class="word-map-near" aria-live="polite">
      <p>
        Nearest to <b>{word.word}</b>, by cosine
      </p>
      <ol>
        {near.map(({ word: name, cosine, at }) => (
          <li style={{ "--share": Math.max(0, cosine) }}>
            <button type="button" onClick={() => onChoose(at)}>
              {name}
            </button>
            <span>{cosine.toFixed(2)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The same magnification, moved when the word would stand outside. */
function inSight(word: { x: number; y: number }, sight: Sight, radius: number): Sight {
  const { left, top } = projection(radius, sight);
  const [px, py] = [left(word.x), top(word.y)];
  const isInside = px > 20 && px < WIDTH - 80 && py > 20 && py < HEIGHT - 20;
  return isInside ? sight : { x: word.x, y: word.y, zoom: Math.max(sight.zoom, 1.5) };
}

function table(data: WordMapData) {
  const rows = data.words.slice(0, 100).map(({ word, x, y }, at) => [
    word,
    x.toFixed(3),
    y.toFixed(3),
    nearOf(data, at)
      .slice(0, 5)
      .map((near) => `${near.word} ${near.cosine.toFixed(2)}`)
      .join(", "),
  ]);
  const many = data.words.length > 100 ? `The first 100 of ${data.words.length} words` : "The words";
  return { caption: `${many} of the map`, columns: ["word", "x", "y", "nearest, with cosine"], rows };
}
