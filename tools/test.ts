/** `npm test`: runs all stages, or those that are named (`node tools/test.ts unit lessons`). */
import { STAGES, type Stage } from "./stages.ts";
import { chooseStages, lastLine, runStages, table } from "./test-run.ts";

try {
  const stages: Stage[] = chooseStages(process.argv.slice(2), STAGES);
  const results = await runStages(stages, () => performance.now(), console.log);
  console.log(`\n${table(results)}\n\n${lastLine(results)}`);
  if (results.some((result) => result.failed > 0)) process.exitCode = 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
