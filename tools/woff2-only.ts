/** KaTeX's stylesheet names three formats of each font; every browser that the course serves reads woff2. */
export const woff2Only = () => ({
  name: "woff2-only",
  enforce: "pre" as const,
  transform(code: string, id: string) {
    if (!/katex[^/]*\.css/.test(id)) return undefined;
    const others = /,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g;
    return { code: code.replaceAll(others, ""), map: null };
  },
});
