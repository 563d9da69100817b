import { readdirSync } from "node:fs";

/**
 * The data files that the site ships, by the name that cells ask for. A file of src/data that has one exports
 * `shipped: { name, build(): string | Promise<string> }`.
 */
export async function dataFiles(): Promise<Record<string, string>> {
  const folder = new URL("../../data/", import.meta.url);
  const files: Record<string, string> = {};
  for (const file of readdirSync(folder)) {
    if (!/^[\w-]+\.ts$/.test(file) || /\.test\.ts$/.test(file)) continue;
    const module = (await import(new URL(file, folder).href)) as { shipped?: ShippedData };
    if (module.shipped) files[module.shipped.name] = await module.shipped.build();
  }
  return files;
}

/** Data made on the author's machine from a package or a generator of ours, at build. */
export interface ShippedData {
  name: string;
  build(): string | Promise<string>;
}
