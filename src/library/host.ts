/** What a library file's `create` gets from the notebook that it serves. */
export interface LibraryHost {
  /** The text of a data file that the site ships, by its name. */
  loadText(name: string): Promise<string>;
  /** the lesson's seed */
  seed: number;
}
