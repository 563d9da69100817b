import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { references } from "#content/references.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const SITE = "https://course.example/";

/** A page of the course as its links see it. */
interface Page {
  /** "content/lessons/05-char-lm/index.mdx" */
  file: string;
  /** "lessons/char-lm/" */
  path: string;
  anchors: Set<string>;
  links: { target: string; line: number }[];
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})([^\n]*)\n[\s\S]*?^\1\2[ \t]*$/gm;
const blank = (text: string) => text.replace(/[^\n]/g, " ");

/** The text without code and comments, each line in its place. */
const prose = (text: string): string =>
  text
    .replace(/^---\n[\s\S]*?\n---$/m, blank)
    .replace(FENCE, blank)
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, blank)
    .replace(/`[^`\n]+`/g, blank);

/** As the headings' ids are made: letters and digits, with a hyphen for each space. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");

function headingIds(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.replace(FENCE, blank).matchAll(/^#{2,6}\s+(.+?)\s*$/gm)].map(([, heading]) => {
    const id = slug(heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*`]/g, ""));
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count ? `${id}-${count}` : id;
  });
}

function anchorsOf(text: string): Set<string> {
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, id]) => id!);
  const cells = found(/^[ \t]*```ts (?:cell|exercise) .*?\bid=([\w-]+)/gm).map((id) => `cell-${id}`);
  const labels = found(/\\label\{(eq:[\w:-]+)\}/g);
  const own = [...prose(text).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!);
  return new Set(["text", ...headingIds(text), ...cells, ...labels, ...own]);
}

function linksOf(text: string): Page["links"] {
  const maths = /\$\$[\s\S]*?\$\$|\$[^$\n]+\$/g;
  const source = prose(text).replace(maths, blank);
  const patterns = [
    /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g,
    /^\[[^\]]+\]:\s*(\S+)/gm,
    /\b(?:href|src)="([^"]*)"/g,
  ];
  return patterns
    .flatMap((pattern) => [...source.matchAll(pattern)])
    .map((match) => ({ target: match[1]!, line: source.slice(0, match.index).split("\n").length }));
}

/** The page that lists every source. */
const WORKS = "reference/references/";

function pageOf(file: string, text: string): Page {
  const lesson = /lessons\/\d+-([^/]+)\/index\.mdx$/.exec(file)?.[1];
  const path = lesson ? `lessons/${lesson}/` : `reference/${/([^/]+)\.mdx$/.exec(file)![1]}/`;
  const anchors = anchorsOf(text);
  const links = linksOf(text);
  if (lesson && (links.some(({ target }) => target.startsWith("@")) || /^references:/m.test(text)))
    anchors.add("references");
  if (path === WORKS) for (const key of Object.keys(references)) anchors.add(`ref-${key}`);
  return { file, path, anchors, links };
}

const OTHER_PAGES: Page[] = [
  { path: "", anchors: ["lessons"] },
  { path: "lessons/", anchors: [] },
  { path: "reference/", anchors: [] },
].map(({ path, anchors }) => ({ file: "", path, anchors: new Set(["text", ...anchors]), links: [] }));

/** What is wrong with a link; undefined when it leads somewhere. */
function problem(target: string, page: Page, pages: Page[]): string | undefined {
  if (target.startsWith("@"))
    return Object.hasOwn(references, target.slice(1)) ? undefined : "content/references.ts has no such key";
  if (target.startsWith("/")) return "begins with a slash, and the course may stand under another path";
  if (/^[a-z][a-z+.-]*:/i.test(target)) return target.startsWith("https://") ? undefined : "is not https";
  const { pathname, hash } = new URL(target, SITE + page.path);
  const found = pages.find(({ path }) => `/${path}` === pathname);
  if (!found) {
    const isFile = /\.\w+$/.test(pathname) && existsSync(join(root, dirname(page.file), target));
    return isFile ? undefined : `there is no page ${pathname}`;
  }
  const anchor = decodeURIComponent(hash.slice(1));
  return !anchor || found.anchors.has(anchor) ? undefined : `${found.path} has no "${anchor}"`;
}

const problems = (pages: Page[]): string[] =>
  pages.flatMap((page) =>
    page.links.flatMap(({ target, line }) => {
      const said = problem(target, page, [...pages, ...OTHER_PAGES]);
      return said ? [`${page.file}:${line}: ${target}: ${said}`] : [];
    }),
  );

const isDraft = (text: string) => /^draft:\s*true\s*$/m.test(text);
const written = globSync("content/{lessons/*/index,reference/*}.mdx", { cwd: root })
  .map((file) => file.replaceAll("\\", "/"))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
  .filter(({ text }) => !isDraft(text))
  .map(({ file, text }) => pageOf(file, text));

describe("the course's links", () => {
  it("lead to pages, headings, equations, cells and sources that exist", () => {
    expect(written.flatMap(({ links }) => links).length).toBeGreaterThan(10);
    expect(problems(written)).toEqual([]);
  });

  it("lead over https from every source", () => {
    const urls = Object.values(references).flatMap((source) => ("url" in source ? source.url : []));
    expect(urls.filter((url) => !url.startsWith("https://"))).toEqual([]);
  });
});

describe("the cheat sheet", () => {
  const sheet = written.find(({ path }) => path === "reference/cheatsheet/")!;
  const text = readFileSync(join(root, sheet.file), "utf8");

  it("has every numbered equation of the lessons", () => {
    const all = written.flatMap(({ path, anchors }) =>
      [...anchors].filter((id) => id.startsWith("eq:")).map((id) => `../../${path}#${id}`),
    );
    expect(all.length).toBeGreaterThan(50);
    const linked = sheet.links.map(({ target }) => target);
    expect(all.filter((target) => !linked.includes(target))).toEqual([]);
  });

  it("names a cell with every equation that it prints", () => {
    const lines = text.split("\n").filter((line) => line.startsWith("**"));
    expect(lines.length).toBe(text.match(/^\$\$$/gm)!.length / 2);
    expect(lines.filter((line) => !/\*\*: .*\]\([^)]*#cell-/.test(line))).toEqual([]);
  });
});

describe("the glossary", () => {
  const text = readFileSync(join(root, "content/reference/glossary.mdx"), "utf8");
  const terms = [
    ...text.matchAll(/^\*\*(?:\[(?<linked>.+?)\]\(\.\.\/\.\.\/(?<path>.+?)\)|(?<alone>.+?))\.\*\* \S/gmu),
  ].map(({ groups }) => ({ name: (groups!.linked ?? groups!.alone)!, path: groups!.path }));

  it("is in alphabetical order", () => {
    const names = terms.map(({ name }) => name.toLowerCase().replace(/^\W+/u, ""));
    expect(names.length).toBeGreaterThan(80);
    expect(names).toEqual(names.toSorted());
  });

  it("has terms of every lesson, and each occurs in the lesson to which it leads", () => {
    const lessons = written.filter(({ path }) => path.startsWith("lessons/"));
    const missing = lessons.flatMap(({ file, path }) => {
      const words = readFileSync(join(root, file), "utf8").toLowerCase();
      const own = terms.filter((term) => term.path === path);
      if (own.length < 2) return [`${path} has ${own.length} terms`];
      const stems = ({ name }: { name: string }) => name.toLowerCase().match(/[\p{L}\d]+/gu)!;
      return own
        .filter((term) => stems(term).some((word) => !words.includes(word.slice(0, 5))))
        .map(({ name }) => `${path} does not say "${name}"`);
    });
    expect(missing).toEqual([]);
  });
});

describe("a broken link", () => {
  const other = pageOf(
    "content/lessons/02-two/index.mdx",
    "## Its own *part*\n\n```ts cell id=draw\n1\n```\n\n## Twice\n\n## Twice\n\n$$\na\n\\label{eq:a}\n$$\n",
  );
  const works = pageOf("content/reference/references.mdx", "");
  const check = (link: string) =>
    problems([pageOf("content/lessons/01-one/index.mdx", `## Here\n\nSee ${link}.\n`), other, works]);
  const place = "content/lessons/01-one/index.mdx:3";

  it.each([
    ["[](@nobody1900)", "@nobody1900: content/references.ts has no such key"],
    ["[a](http://arxiv.org/)", "http://arxiv.org/: is not https"],
    ["[a](#there)", '#there: lessons/one/ has no "there"'],
    ["[](#eq:b)", '#eq:b: lessons/one/ has no "eq:b"'],
    ["[a](../three/)", "../three/: there is no page /lessons/three/"],
    ["[a](../two)", "../two: there is no page /lessons/two"],
    ["[a](../two/#gone)", '../two/#gone: lessons/two/ has no "gone"'],
    ["[a](/lessons/two/)", "/lessons/two/: begins with a slash, and the course may stand under another path"],
    ["![a](./no-picture.png)", "./no-picture.png: there is no page /lessons/one/no-picture.png"],
    [
      '<a href="../../reference/references/#ref-nobody">a</a>',
      '../../reference/references/#ref-nobody: reference/references/ has no "ref-nobody"',
    ],
  ])("is found in %s", (link, said) => {
    expect(check(link)).toEqual([`${place}: ${said}`]);
  });

  it.each([
    "[](@elman1990)",
    "[a](#here)",
    "[a](../two/#its-own-part)",
    "[a](../two/#cell-draw)",
    "[a](../two/#twice-1)",
    "[a](../two/#eq:a)",
    "[a](../../reference/references/#ref-elman1990)",
    "[a](https://arxiv.org/)",
    "`[a](#in-code)`",
  ])("is not seen in %s", (link) => {
    expect(check(link)).toEqual([]);
  });
});
