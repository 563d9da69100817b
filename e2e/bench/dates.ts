/** Which of two learns the dates of TensorFlow.js's example sooner: ours, or the example's own model. */
import type { Page } from "@playwright/test";
import { EXAMPLE, RELAXED } from "./date-example.ts";
import type { Budget, Learnt } from "./date-peers.ts";
import type { Row } from "./training.ts";
import { ask } from "./workers.ts";

/** The example trains for 2,854; its own model is given fewer, since these take it minutes. */
const STEPS = 600;
const ALL_STEPS = 2854;
const FOR_EVER = Number.MAX_VALUE;

export async function benchDates(page: Page): Promise<Row[]> {
  const learn = (who: string, limit: Partial<Budget>) =>
    ask(page, `${who}, learning`, {
      ...{ act: "learn", who, milliseconds: FOR_EVER, steps: ALL_STEPS },
      ...limit,
    }) as Promise<Learnt>;
  const ours = await learn(RELAXED, { steps: STEPS });
  const sameSeconds = await learn(EXAMPLE, { milliseconds: ours.milliseconds });
  const sameSteps = await learn(EXAMPLE, { steps: STEPS });
  const ourEnd = await learn(RELAXED, {});
  console.log(
    `dates: ours after all ${ourEnd.steps} steps, ${seconds(ourEnd)}: ${percent(ourEnd)} of 500 unseen dates exact`,
  );
  return [
    row(`${sameSteps.steps} steps of 128`, ours, sameSteps),
    row(`${seconds(ours)}: ${ours.steps} and ${sameSeconds.steps} steps`, ours, sameSeconds),
  ];
}

const seconds = ({ milliseconds }: Learnt) => `${(milliseconds / 1000).toFixed(0)} s`;
const percent = ({ exact }: Learnt) => `${(100 * exact).toFixed(1)} %`;

const row = (config: string, ours: Learnt, peer: Learnt): Row => ({
  ...{ workload: "dates", config, ours_ms: ours.milliseconds, peer: EXAMPLE, peer_ms: peer.milliseconds },
  ...{ ratio: peer.milliseconds / ours.milliseconds, ours_exact: ours.exact, peer_exact: peer.exact },
});
