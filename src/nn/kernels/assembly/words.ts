// The second artefact: word vectors. Kept apart from index.ts, so that lessons on recurrence do not fetch it.
export { trainPairs, trainBags } from "./pairs";
export { trainGlove } from "./glove";
