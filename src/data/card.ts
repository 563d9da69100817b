/** Where a data set comes from: shown on the reference page and checked by the tests. */
export interface Card {
  title: string;
  /** who made it, and the package or program that it is taken from */
  source: string;
  licence: string;
  /** size as UTF-8 */
  bytes: number;
  /** hash of the UTF-8 text, in hexadecimal */
  sha256: string;
  /** how it was made from its source, and with which program */
  made: string;
}
