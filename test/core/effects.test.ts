import { expect, test } from "vitest";
import { timestamp } from "../../pipeline/core/effects.ts";

test.each([
  ["2026-03-14T09:26:53.999Z", "2026-03-14T09:26:53Z"],
  ["2026-03-14T23:30:00-02:00", "2026-03-15T01:30:00Z"],
  ["2024-02-29", "2024-02-29T00:00:00Z"],
])("the moment %s is written in UTC to the second, as %s", (moment, written) => {
  expect(timestamp(new Date(moment))).toBe(written);
});
