import { addingProblem } from "#src/data/adding-problem.ts";
import { additionExamples } from "#src/data/addition.ts";
import { CLIP_SIDE, MOVES, movingClips } from "#src/data/clips.ts";
import { copyTask } from "#src/data/copy-task.ts";
import { DATE_FORMATS } from "#src/data/date-formats.ts";
import { dateExamples } from "#src/data/dates.ts";
import { longLag } from "#src/data/long-lag.ts";
import { melody, noteName } from "#src/data/melodies.ts";
import { SCENE_WORDS } from "#src/data/scene-language.ts";
import { PATCH_SIZE, SCENE_SIDE, scenePatches, shapeScenes } from "#src/data/scenes.ts";
import { sentencePairs } from "#src/data/translation.ts";
import { isReber, reberExamples, reberNext } from "#src/data/reber.ts";

/** Problems that a seeded generator makes: as many examples as one likes, the same ones for the same rng. */
const tasks = {
  addingProblem,
  additionExamples,
  copyTask,
  dateExamples,
  dateFormats: DATE_FORMATS,
  longLag,
  melody,
  noteName,
  reberExamples,
  reberNext,
  isReber,
  movingClips,
  clipMoves: MOVES,
  clipSide: CLIP_SIDE,
  sentencePairs,
  shapeScenes,
  scenePatches,
  sceneWords: SCENE_WORDS,
  sceneSide: SCENE_SIDE,
  patchSize: PATCH_SIZE,
};

export function create(): { tasks: typeof tasks } {
  return { tasks };
}
