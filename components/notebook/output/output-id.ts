/** The prefix of every id inside one output, so that two charts of a page never share one. Ends in "-". */
export const outputId = (cell: string, slot: string): string => `p-${idPart(cell)}-${idPart(slot)}-`;

export const idPart = (text: string): string => text.replace(/[^\w-]/g, "_");

/** The link to a cell of the same page. */
export const cellLink = (cell: string): string => `#cell-${encodeURIComponent(cell)}`;
