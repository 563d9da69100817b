import { describe, expect, it } from "vitest";
import { references, type Reference } from "#content/references.ts";
import { bibtexOf } from "./bibtex.ts";

const entry = (key: keyof typeof references) => bibtexOf(key, references[key]);

describe("a source as BibTeX", () => {
  it("is an article with volume, number, pages and DOI", () => {
    expect(entry("hochreiter1997")).toBe(`@article{hochreiter1997,
  author = {Hochreiter, S. and Schmidhuber, J.},
  title = {{Long short-term memory}},
  journal = {Neural Computation},
  volume = {9},
  number = {8},
  pages = {1735--1780},
  year = {1997},
  doi = {10.1162/neco.1997.9.8.1735},
  url = {https://doi.org/10.1162/neco.1997.9.8.1735},
}
`);
  });

  it("is a paper of a meeting with its arXiv number", () => {
    const text = entry("vaswani2017");
    expect(text).toContain("@inproceedings{vaswani2017,");
    expect(text).toContain("Kaiser, Ł. and Polosukhin, I.");
    expect(text).toContain("eprint = {1706.03762},\n  archiveprefix = {arXiv},");
  });

  it("says that there are others", () => {
    expect(entry("wu2016")).toContain("author = {Wu, Y. and others}");
  });

  it("escapes what TeX reads as a command, in the text and not in the braces", () => {
    expect(entry("chen1999")).toContain("journal = {Computer Speech \\& Language}");
  });

  it.each(Object.entries(references) as [string, Reference][])(
    "has balanced braces and a place: %s",
    (key, source) => {
      const text = bibtexOf(key, source);
      expect(text.match(/\{/g)!.length).toBe(text.match(/\}/g)!.length);
      expect(text).toMatch(/ {2}(journal|booktitle|howpublished) = \{.+\},/);
      expect(text).toMatch(/ {2}author = \{[^,]+, \S/);
    },
  );
});
