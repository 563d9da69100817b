import type { Rng } from "#src/util/rng.ts";
import { pick } from "./draw.ts";

export const SCENE_COLOURS = ["red", "green", "blue", "yellow"] as const;
export const SCENE_SHAPES = ["circle", "square", "triangle", "cross"] as const;
/** A scene is a grid of GRID × GRID cells, with at most one shape in each. */
export const SCENE_GRID = 4;

export interface SceneObject {
  colour: (typeof SCENE_COLOURS)[number];
  shape: (typeof SCENE_SHAPES)[number];
  /** 0 … 3, from the top and from the left */
  row: number;
  column: number;
}

export interface SceneCaption {
  words: string[];
  /** for each word the cells that it comes from, row · 4 + column; none for "," and "and" */
  alignment: number[][];
}

export const QUESTION_KINDS = ["colour", "shape", "exists", "count", "side", "order"] as const;

export interface SceneQuestion {
  kind: (typeof QUESTION_KINDS)[number];
  words: string[];
  /** one word */
  answer: string;
  /** the cells that the answer hangs on */
  cells: number[];
}

export const cellOf = ({ row, column }: SceneObject): number => row * SCENE_GRID + column;

/** Words in the making, with the cells behind each. */
type Part = [words: string, cells: number[]];

const nounOf = (object: SceneObject): Part => [`a ${object.colour} ${object.shape}`, [cellOf(object)]];

/**
 * One shape is named. Of two, the one more to the left comes first, or the upper one when they differ more in height: "a red
 * circle left of a blue square". Three are listed as one reads.
 */
export function captionOf(objects: readonly SceneObject[]): SceneCaption {
  const parts = objects.length === 2 ? pairParts(objects[0]!, objects[1]!) : listParts(objects);
  const words = parts.flatMap(([text]) => text.split(" "));
  const alignment = parts.flatMap(([text, cells]) => text.split(" ").map(() => cells));
  return { words, alignment };
}

function pairParts(a: SceneObject, b: SceneObject): Part[] {
  const isLevel = Math.abs(a.column - b.column) >= Math.abs(a.row - b.row);
  const [first, second] = (isLevel ? a.column < b.column : a.row < b.row) ? [a, b] : [b, a];
  return [nounOf(first), [isLevel ? "left of" : "above", [cellOf(first), cellOf(second)]], nounOf(second)];
}

function listParts(objects: readonly SceneObject[]): Part[] {
  const inOrder = [...objects].sort((a, b) => cellOf(a) - cellOf(b));
  return inOrder.flatMap((object, k) => {
    const left = inOrder.length - 1 - k;
    if (left === 0) return [nounOf(object)];
    return [nounOf(object), [left === 1 ? "and" : ",", []] satisfies Part];
  });
}

/** One question of each kind that the scene allows: "what colour is the circle" needs exactly one circle. */
export function questionsOf(objects: readonly SceneObject[], rng: Rng): SceneQuestion[] {
  const alone = (key: "colour" | "shape") =>
    objects.filter((object) => objects.filter((other) => other[key] === object[key]).length === 1);
  const byShape = alone("shape");
  const byColour = alone("colour");
  const all: (SceneQuestion | undefined)[] = [
    byShape.length > 0 ? colourQuestion(pick(rng, byShape)) : undefined,
    byColour.length > 0 ? shapeQuestion(pick(rng, byColour)) : undefined,
    existsQuestion(objects, rng),
    countQuestion(objects),
    byShape.length > 0 ? sideQuestion(pick(rng, byShape)) : undefined,
    orderQuestion(byShape, rng),
  ];
  return all.filter((question) => question !== undefined);
}

const asked = (text: string): string[] => text.split(" ");

function colourQuestion(object: SceneObject): SceneQuestion {
  const words = asked(`what colour is the ${object.shape} ?`);
  return { kind: "colour", words, answer: object.colour, cells: [cellOf(object)] };
}

function shapeQuestion(object: SceneObject): SceneQuestion {
  const words = asked(`what shape is ${object.colour} ?`);
  return { kind: "shape", words, answer: object.shape, cells: [cellOf(object)] };
}

/** Half of them true. A false one asks for a shape that is there, in a colour that it does not have. */
function existsQuestion(objects: readonly SceneObject[], rng: Rng): SceneQuestion {
  const object = pick(rng, objects);
  const same = objects.filter(({ shape }) => shape === object.shape);
  const others = SCENE_COLOURS.filter((colour) => same.every((each) => each.colour !== colour));
  const isTrue = rng.uniform() < 0.5;
  const colour = isTrue ? object.colour : pick(rng, others);
  const words = asked(`is there a ${colour} ${object.shape} ?`);
  return { kind: "exists", words, answer: isTrue ? "yes" : "no", cells: same.map(cellOf) };
}

function countQuestion(objects: readonly SceneObject[]): SceneQuestion {
  const answer = ["one", "two", "three"][objects.length - 1]!;
  return { kind: "count", words: asked("how many shapes are there ?"), answer, cells: objects.map(cellOf) };
}

function sideQuestion(object: SceneObject): SceneQuestion {
  const words = asked(`is the ${object.shape} on the left ?`);
  const answer = object.column < SCENE_GRID / 2 ? "yes" : "no";
  return { kind: "side", words, answer, cells: [cellOf(object)] };
}

function orderQuestion(objects: readonly SceneObject[], rng: Rng): SceneQuestion | undefined {
  const apart = objects.flatMap((a) => objects.filter((b) => a.row !== b.row).map((b) => [a, b] as const));
  if (apart.length === 0) return undefined;
  const [a, b] = pick(rng, apart);
  const words = asked(`is the ${a.shape} above the ${b.shape} ?`);
  return { kind: "order", words, answer: a.row < b.row ? "yes" : "no", cells: [cellOf(a), cellOf(b)] };
}

/** All words of captions, questions and answers, in alphabetical order after the marks. */
export const SCENE_WORDS: readonly string[] = [
  ...[
    ",",
    "?",
    "a",
    "above",
    "and",
    "are",
    "blue",
    "circle",
    "colour",
    "cross",
    "green",
    "how",
    "is",
    "left",
  ],
  ...[
    "many",
    "no",
    "of",
    "on",
    "one",
    "red",
    "shape",
    "shapes",
    "square",
    "the",
    "there",
    "three",
    "triangle",
  ],
  ...["two", "what", "yellow", "yes"],
];
