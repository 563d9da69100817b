declare module "virtual:figure-schemas" {
  /** every folder of components/figures that has a schema.ts */
  export const figures: Record<
    string,
    {
      schema: {
        safeParse(data: unknown):
          | { success: true; data: unknown }
          | {
              success: false;
              error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
            };
      };
      /** the figure's finding in a sentence or two */
      describe(data: unknown): string;
    }
  >;
}
