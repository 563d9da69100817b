import { useEffect, useRef, useState } from "preact/hooks";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { StepButton } from "../kit/step-button.tsx";
import { Drawing } from "./drawing.tsx";
import { describe, findWord, mapsOf, nearOf, type WordMapData } from "./schema.ts";
import { ALL, HEIGHT, magnified, pointToKeep, projection, radiusOf, type Sight, WIDTH } from "./view-box.ts";

/** Maps of words: find one, see its neighbours with their cosines, move and magnify. The chosen word stays while data change. */
export function View({ data, id }: { data: WordMapData; id: string }) {
  const [chosenWord, setChosenWord] = useState(data.chosen ?? "");
  const [sights, setSights] = useState<Sight[]>([ALL, ALL]);
  const maps = mapsOf(data);
  const radii = maps.map(({ radius, words }) => radius ?? radiusOf(words));
  const chosen = data.words.findIndex(({ word }) => word === chosenWord);
  const choose = (at: number) => setChosenWord(data.words[at]?.word ?? "");
  const seeEach = (next: (sight: Sight, k: number) => Sight) => setSights(sights.map(next));
  const goTo = (at: number) => {
    choose(at);
    seeEach((sight, k) => {
      const word = maps[k]?.words[at];
      return word ? inSight(word, sight, radii[k]!) : sight;
    });
  };
  const zoomBy = (factor: number) =>
    seeEach((sight, k) => {
      const radius = radii[k];
      return radius === undefined
        ? sight
        : magnified(sight, radius, factor, pointToKeep(maps[k]!.words[chosen], radius, sight));
    });
  return (
    <FigureFrame title={data.title} caption={data.caption ?? CAPTION} table={table(maps)}>
      <div class="word-map-tools">
        <Search data={data} id={id} onFind={goTo} />
        <Zoom
          isAll={sights.every(({ zoom }) => zoom <= 1)}
          onZoom={zoomBy}
          onAll={() => seeEach(() => ALL)}
        />
        {data.groups ? (
          <span class="word-map-groups">
            {data.groups.map((group, k) => (
              <span data-group={k}>{group}</span>
            ))}
          </span>
        ) : null}
      </div>
      <div class={maps.length > 1 ? "word-map-two" : undefined}>
        {maps.map((map, k) => (
          <Panel
            data={map}
            other={maps[1 - k]}
            radius={radii[k]!}
            sight={sights[k]!}
            onSight={(next) => seeEach((sight, at) => (at === k ? next : sight))}
            chosen={chosen}
            onChoose={choose}
            onGo={goTo}
            label={describe({ ...map, chosen: chosenWord })}
            id={`${id}${k === 0 ? "" : "b"}`}
          />
        ))}
      </div>
    </FigureFrame>
  );
}

interface ZoomProps {
  isAll: boolean;
  onZoom(factor: number): void;
  onAll(): void;
}

function Zoom({ isAll, onZoom, onAll }: ZoomProps) {
  return (
    <span class="word-map-zoom" role="group" aria-label="Magnification">
      <StepButton label="Smaller" isAtEnd={isAll} onStep={() => onZoom(1 / 1.5)}>
        −
      </StepButton>
      <button type="button" aria-label="Larger" onClick={() => onZoom(1.5)}>
        +
      </button>
      <StepButton isAtEnd={isAll} onStep={onAll}>
        Show all
      </StepButton>
    </span>
  );
}

interface PanelProps {
  data: WordMapData;
  /** the map beside this one */
  other?: WordMapData | undefined;
  radius: number;
  sight: Sight;
  onSight(sight: Sight): void;
  chosen: number;
  /** chooses a word that is in sight, */
  onChoose(at: number): void;
  /** or one that may have to be moved there */
  onGo(at: number): void;
  label: string;
  id: string;
}

/** One map with the neighbours of the chosen word. */
function Panel({ other, onGo, ...drawn }: PanelProps) {
  const { body, lettering } = useLettering(other ? LARGE : 1);
  const { data, chosen } = drawn;
  return (
    <div class="word-map-panel">
      {other ? <p class="word-map-label">{data.label}</p> : null}
      <div class="word-map-body" ref={body}>
        <Drawing {...drawn} lettering={lettering} />
        <Neighbours data={data} other={other} chosen={chosen} onChoose={onGo} />
      </div>
    </div>
  );
}

/** How much larger names are on a narrow drawing: on a phone, or beside another. */
const LARGE = 1.45;

/** On a narrow page the style sheet draws names larger in the drawing's units: they need more room. */
function useLettering(first: number) {
  const body = useRef<HTMLDivElement>(null);
  const [lettering, setLettering] = useState(first);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) =>
      setLettering((entry?.contentRect.width ?? 540) <= 520 ? LARGE : 1),
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
  const find = () => {
    const at = findWord(data, text);
    if (at >= 0) onFind(at);
  };
  // no form: before the figure is alive it would be sent
  return (
    <div class="word-map-search">
      <label>
        Find a word{" "}
        <input
          id={`${id}find`}
          type="search"
          onKeyDown={(event) => event.key === "Enter" && find()}
          autocomplete="off"
          spellcheck={false}
          maxLength={40}
          value={text}
          aria-invalid={isMissing}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="button" onClick={find}>
        Find
      </button>
      <span class="word-map-missing" role="status">
        {isMissing ? "not on this map" : ""}
      </span>
    </div>
  );
}

interface NeighboursProps {
  data: WordMapData;
  other?: WordMapData | undefined;
  chosen: number;
  onChoose(at: number): void;
}

function Neighbours({ data, other, chosen, onChoose }: NeighboursProps) {
  const word = data.words[chosen];
  if (!word) return <p class="word-map-near">No word is chosen.</p>;
  const near = nearOf(data, chosen);
  const shared = new Set(other ? nearOf(other, chosen).map(({ at }) => at) : []);
  const count = near.filter(({ at }) => shared.has(at)).length;
  return (
    <div class="word-map-near" aria-live="polite">
      <p>
        Nearest to <b>{word.word}</b>, by cosine
        {other ? `; ${count} of ${near.length} also on the other map` : ""}
      </p>
      <ol>
        {near.map(({ word: name, cosine, at }) => (
          <li style={{ "--share": Math.max(0, cosine) }} data-shared={shared.has(at) ? "" : undefined}>
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

function table(maps: WordMapData[]) {
  const [first] = maps;
  const nearest = (map: WordMapData, at: number) =>
    nearOf(map, at)
      .slice(0, 5)
      .map((near) => `${near.word} ${near.cosine.toFixed(2)}`)
      .join(", ");
  const rows = first!.words
    .slice(0, 100)
    .map(({ word }, at) => [
      word,
      ...maps.flatMap((map) => [map.words[at]!.x.toFixed(3), map.words[at]!.y.toFixed(3), nearest(map, at)]),
    ]);
  const columns = maps.flatMap(({ label }) => {
    const where = maps.length > 1 ? `, ${label ?? ""}` : "";
    return [`x${where}`, `y${where}`, `nearest, with cosine${where}`];
  });
  const count = first!.words.length;
  const many = count > 100 ? `The first 100 of ${count} words` : "The words";
  return { caption: `${many} of the map`, columns: ["word", ...columns], rows };
}
