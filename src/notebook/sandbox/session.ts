import { Activity } from "./activity.ts";
import { RunCaps } from "./run-caps.ts";

/** What the page knows of the worker of one generation. */
export interface Session {
  isReady: boolean;
  activity: Activity;
  caps: RunCaps;
  needs: number;
}

export const newSession = (): Session => ({
  isReady: false,
  activity: new Activity(),
  caps: new RunCaps(),
  needs: 0,
});
