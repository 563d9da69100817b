/** Marks the section in view in the lesson's list of contents: the last whose heading is in the upper third or above it. */
export function followSections(document: Document): void {
  const links = new Map<Element, Element>();
  for (const link of document.querySelectorAll("[data-contents] a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.getAttribute("href")!.slice(1)));
    if (heading) links.set(heading, link);
  }
  const passed = new Set<Element>();
  // the margin reaches far up, so that a jump past a heading is seen as well
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) passed.add(target);
        else passed.delete(target);
      for (const link of links.values()) link.removeAttribute("aria-current");
      const current = [...links.keys()].findLast((heading) => passed.has(heading));
      if (current) links.get(current)!.setAttribute("aria-current", "location");
    },
    { rootMargin: "1000000px 0px -65% 0px" },
  );
  for (const heading of links.keys()) observer.observe(heading);
}
