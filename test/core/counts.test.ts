import { expect, test } from "vitest";
import { total } from "../../pipeline/core/counts.ts";

test("counts of all kinds add up, and none is 0", () => {
  expect(total({ stones: 2, owls: 3 })).toBe(5);
  expect(total({})).toBe(0);
});
