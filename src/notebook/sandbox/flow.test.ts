import fc from "fast-check";
import { expect, test } from "vitest";
import { Flow, FLOW_LIMITS, type FlowLimits } from "./flow.ts";

const flow = (limits: Partial<FlowLimits> = {}) => new Flow({ ...FLOW_LIMITS, ...limits });
const drain = (queue: Flow) => {
  const out: string[] = [];
  for (let text = queue.next(); text !== null; text = queue.next()) out.push(text);
  return out;
};
const keep = (body: string) => `+log\ta\t1\t\n${body}`;
const replace = (slot: string, body: string) => `=output\ta\t1\t${slot}\n${body}`;

test("messages leave in the order in which they came", () => {
  const queue = flow();
  for (const body of ["a", "b", "c"]) queue.offer(keep(body), 0);
  expect(drain(queue)).toEqual(["a", "b", "c"]);
});

test("of the outputs that wait for one slot only the latest leaves, in the first one's place", () => {
  const queue = flow();
  queue.offer(replace("plot", "1"), 0);
  queue.offer(keep("line"), 0);
  queue.offer(replace("text", "other"), 0);
  queue.offer(replace("plot", "2"), 0);
  expect(drain(queue)).toEqual(["2", "line", "other"]);
});

test("an output that has left is not replaced but followed", () => {
  const queue = flow();
  queue.offer(replace("plot", "1"), 0);
  expect(drain(queue)).toEqual(["1"]);
  queue.offer(replace("plot", "2"), 0);
  expect(drain(queue)).toEqual(["2"]);
});

test("no more than 64 messages are on their way until the page gives credits back", () => {
  const queue = flow();
  for (let i = 0; i < 100; i++) queue.offer(keep(String(i)), 0);
  expect(drain(queue)).toHaveLength(64);
  queue.credit(10, 10);
  expect(drain(queue)).toHaveLength(10);
});

test("large messages go one at a time", () => {
  const queue = flow({ inFlightSize: 10 });
  for (const body of ["x".repeat(30), "y".repeat(30)]) queue.offer(keep(body), 0);
  expect(drain(queue)).toEqual(["x".repeat(30)]);
  queue.credit(1, 30);
  expect(drain(queue)).toEqual(["y".repeat(30)]);
});

test("a message over 2 MB is left out and named", () => {
  const queue = flow();
  const text = replace("plot", "x".repeat(2_000_001));
  const route = "=output\ta\t1\tplot";
  expect(queue.offer(text, 0)).toEqual({ kind: "too-large", route, size: text.length });
  expect(drain(queue)).toEqual([]);
});

test("more than 50,000 messages in a second are a flood, whatever they are", () => {
  for (const message of [replace("plot", "1"), { not: "a text" }]) {
    const queue = flow();
    for (let i = 0; i < 50_000; i++) expect(queue.offer(message, 999)).toEqual({ kind: "waiting" });
    expect(queue.offer(message, 999)).toEqual({ kind: "flooded", why: "rate" });
  }
});

test("50,000 messages a second, second after second, are allowed", () => {
  const queue = flow({ rate: 100 });
  for (let i = 0; i < 1000; i++) {
    expect(queue.offer(replace("plot", "1"), Math.floor(i / 100) * 1000)).toEqual({ kind: "waiting" });
  }
});

test("more than 20,000 waiting messages, or 64 MB of them, are a flood", () => {
  const many = flow();
  for (let i = 0; i < 20_000; i++) many.offer(keep("x"), i);
  expect(many.offer(keep("x"), 20_000)).toEqual({ kind: "flooded", why: "backlog" });
  const large = flow({ waitingSize: 100 });
  large.offer(keep("x".repeat(60)), 0);
  expect(large.offer(keep("x".repeat(60)), 0)).toEqual({ kind: "flooded", why: "backlog" });
});

test("replacing one slot again and again fills nothing", () => {
  const queue = flow({ waitingSize: 100 });
  for (let i = 0; i < 50; i++) {
    expect(queue.offer(replace("plot", "x".repeat(50)), 0)).toEqual({ kind: "waiting" });
  }
});

test("whatever comes, what is in flight keeps to the limits and nothing kept is lost", () => {
  const step = fc.oneof(
    fc.record({ put: fc.string({ maxLength: 5 }) }),
    fc.record({ log: fc.string({ maxLength: 30 }) }),
    fc.record({ credit: fc.nat(5) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = flow({ inFlight: 4, inFlightSize: 40 });
      const flying: string[] = [];
      const seen: string[] = [];
      const logs: string[] = [];
      for (const action of steps) {
        if ("put" in action) queue.offer(replace(JSON.stringify(action.put), "put"), 0);
        if ("log" in action) logs.push(`log ${action.log}`);
        if ("log" in action) queue.offer(keep(`log ${action.log}`), 0);
        if ("credit" in action) {
          const taken = flying.splice(0, action.credit);
          queue.credit(taken.length, taken.join("").length);
        }
        const sent = drain(queue);
        flying.push(...sent);
        seen.push(...sent);
        expect(flying.length).toBeLessThanOrEqual(4);
        if (flying.length > 1) expect(flying.join("").length).toBeLessThanOrEqual(40);
      }
      while (flying.length > 0) {
        const taken = flying.splice(0);
        queue.credit(taken.length, taken.join("").length);
        const sent = drain(queue);
        flying.push(...sent);
        seen.push(...sent);
      }
      expect(seen.filter((text) => text.startsWith("log "))).toEqual(logs);
    }),
  );
});
