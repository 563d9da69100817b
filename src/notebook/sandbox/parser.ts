/** The chunk that the runtime loads when a reader has edited a cell. */
export { parseCell } from "../cells/parse.ts";
