/** Marks the section in view in the lesson's list of contents. */
export function followSections(document: Document): void {
  const links = new Map<string, Element>();
  for (const link of document.querySelectorAll("[data-contents] a[href^='#']"))
    links.set(decodeURIComponent(link.getAttribute("href")!.slice(1)), link);
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((candidate) => candidate.isIntersecting);
      if (!entry) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "location");
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) observer.observe(heading);
  }
}
