import tseslint from "typescript-eslint";

const tests = ["**/*.test.{ts,tsx}", "e2e/**/*.ts"];
const noClock = (object, property) => ({
  object,
  property,
  message: "Results are seeded: take an Rng (src/util) as an argument, and leave time to the caller.",
});

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "dist/",
      ".astro/",
      "test-results/",
      "public/",
      "content/**/exercises/",
      // AssemblyScript, and what is built of it
      "src/nn/kernels/{assembly,built}/",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx,mjs}"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 4],
      "max-depth": ["error", 3],
      "no-nested-ternary": "error",
      eqeqeq: ["error", "smart"],
      "prefer-const": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  {
    files: ["src/{nn,data,util}/**/*.ts"],
    rules: { "no-restricted-properties": ["error", noClock("Math", "random"), noClock("Date", "now")] },
  },
  // a table of data
  { files: ["content/references.ts"], rules: { "max-lines": "off" } },
  // the titles of a suite and the cases under them make long functions that nobody has to hold in mind
  { files: tests, rules: { "max-lines": "off", "max-lines-per-function": "off" } },
);
