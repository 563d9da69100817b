import { useState } from "preact/hooks";
import { Choice } from "../kit/choice.tsx";
import { FigureFrame } from "../kit/figure-frame.tsx";
import { Player } from "../kit/player.tsx";
import { type PictureExample, type PictureWordsData, placeName, strongest } from "./schema.ts";

/** How dark a cell becomes that counts for nothing. */
const DARKEST = 0.78;

/** A picture and the words said of it: for each word the cells that it looked at are lit. */
export function View({ data, id }: { data: PictureWordsData; id: string }) {
  const [chosen, choose] = useState(0);
  const [moment, setMoment] = useState<number>();
  const example = data.examples[Math.min(chosen, data.examples.length - 1)]!;
  const at = Math.min(moment ?? surest(example), example.words.length - 1);
  const chooseExample = (index: number) => {
    choose(index);
    setMoment(undefined);
  };
  const { columns } = data.grid;
  const cell = strongest(example.weights[at]!);
  return (
    <FigureFrame title={data.title} caption={caption(example)} table={table(example, columns)}>
      <Choice
        label="Picture"
        id={`${id}picture`}
        names={data.examples.map(({ label }) => label)}
        index={data.examples.indexOf(example)}
        onChoose={chooseExample}
      />
      <div class="picture-words">
        <Picture example={example} grid={data.grid} at={at} />
        <div class="picture-said">
          {example.question ? <p class="picture-question">{example.question}</p> : null}
          <Words words={example.words} at={at} onChoose={setMoment} />
          {example.truth === undefined ? null : <Truth example={example} truth={example.truth} />}
        </div>
      </div>
      <p class="course-readout" aria-live="polite">
        <span>
          Saying “{example.words[at]}”, it looks most at {placeName(cell, columns)}
        </span>
        <span>
          weight <b>{example.weights[at]![cell]!.toFixed(2)}</b>
        </span>
      </p>
      {example.words.length > 1 ? (
        <div class="course-controls">
          <Player
            label="Word"
            index={at}
            values={example.words.map((_, k) => k + 1)}
            onChange={setMoment}
            rate={1.5}
          />
        </div>
      ) : null}
    </FigureFrame>
  );
}

interface PictureProps {
  example: PictureExample;
  grid: PictureWordsData["grid"];
  at: number;
}

function Picture({ example: { image, alt, weights }, grid: { rows, columns }, at }: PictureProps) {
  const [height, width] = [image.length, image[0]!.length];
  const [down, across] = [height / rows, width / columns];
  const most = Math.max(...weights[at]!);
  const lit = strongest(weights[at]!);
  const place = (cell: number) => ({ x: (cell % columns) * across, y: Math.floor(cell / columns) * down });
  return (
    <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`A picture of ${alt}`}>
      {[...pixelPaths(image)].map(([colour, d]) => (
        <path d={d} style={{ fill: colour }} />
      ))}
      {weights[at]!.map((weight, cell) => (
        <rect
          class="picture-shade"
          {...place(cell)}
          width={across}
          height={down}
          fill-opacity={(DARKEST * (1 - weight / most)).toFixed(3)}
        />
      ))}
      <rect class="picture-lit" {...place(lit)} width={across} height={down} fill="none" />
    </svg>
  );
}

/** The word that looked most at one cell. */
function surest({ weights }: PictureExample): number {
  const most = weights.map((row) => Math.max(...row));
  return most.indexOf(Math.max(...most));
}

/** One path of unit squares for each colour. */
function pixelPaths(image: string[][]): Map<string, string> {
  const paths = new Map<string, string>();
  image.forEach((row, y) =>
    row.forEach((colour, x) => paths.set(colour, `${paths.get(colour) ?? ""}M${x} ${y}h1v1h-1z`)),
  );
  return paths;
}

interface WordsProps {
  words: string[];
  at: number;
  onChoose(index: number): void;
}

function Words({ words, at, onChoose }: WordsProps) {
  return (
    <p class="picture-sentence">
      {words.map((word, k) => (
        <button
          type="button"
          aria-pressed={k === at}
          onClick={() => onChoose(k)}
          onPointerEnter={() => onChoose(k)}
          onFocus={() => onChoose(k)}
        >
          {word}
        </button>
      ))}
    </p>
  );
}

function Truth({ example: { words }, truth }: { example: PictureExample; truth: string }) {
  const isRight = words.join(" ") === truth;
  return <p class="picture-truth">{isRight ? "Right." : `It should be: ${truth}`}</p>;
}

const caption = ({ question, words }: PictureExample): string =>
  `The brighter a cell, the more it counted for the ${question ? "answer" : "word"}; the outlined one counted most.` +
  (words.length > 1 ? " Play, or point at a word." : "");

function table({ words, weights }: PictureExample, columns: number) {
  const rows = words.map((word, t) => {
    const cell = strongest(weights[t]!);
    return [`${t + 1} ${word}`, placeName(cell, columns), weights[t]![cell]!.toFixed(3)];
  });
  return { caption: "Where each word looks most", columns: ["word", "cell", "weight"], rows };
}
