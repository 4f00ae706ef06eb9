import { describe, expect, test } from "vitest";
import { limitOfErrors, limitOfStatus } from "../../../pipeline/3-enrich/hosts/github-limits.ts";
import type { HttpAnswer } from "../../../pipeline/core/effects.ts";

function answer(status: number, body: unknown = {}, headers: HttpAnswer["headers"] = {}): HttpAnswer {
  return { status, headers, body: JSON.stringify(body) };
}

describe("an answer's limit", () => {
  test.each<[string, string | null, HttpAnswer]>([
    ["429 that says no more", "secondary", answer(429)],
    ["429 with nothing remaining", "primary", answer(429, {}, { "x-ratelimit-remaining": "0" })],
    ["403 with retry-after", "secondary", answer(403, {}, { "retry-after": "60" })],
    [
      "403 with retry-after and nothing remaining",
      "secondary",
      answer(403, {}, { "retry-after": "60", "x-ratelimit-remaining": "0" }),
    ],
    ["403 with nothing remaining", "primary", answer(403, {}, { "x-ratelimit-remaining": "0" })],
    [
      "403 in the words of the secondary limit",
      "secondary",
      answer(403, { message: "exceeded a Secondary rate limit" }, { "x-ratelimit-remaining": "4000" }),
    ],
    [
      "403 with points remaining",
      null,
      answer(403, { message: "forbids" }, { "x-ratelimit-remaining": "10" }),
    ],
    ["200 as the last one allowed", null, answer(200, {}, { "x-ratelimit-remaining": "0" })],
    ["404 as the last one allowed", null, answer(404, {}, { "x-ratelimit-remaining": "0" })],
    ["503 with retry-after", null, answer(503, {}, { "retry-after": "60" })],
  ])("of %s: %s", (_what, expected, given) => {
    expect(limitOfStatus(given)).toBe(expected);
  });

  test.each<[string, string | null, readonly object[]]>([
    ["no error", null, []],
    ["a name that is not there", null, [{ type: "NOT_FOUND", message: "Could not resolve" }]],
    ["resources used up", null, [{ type: "RESOURCE_LIMITS_EXCEEDED", message: "Resource limits" }]],
    ["points used up", "primary", [{ type: "NOT_FOUND" }, { type: "RATE_LIMITED" }]],
    [
      "the words of the secondary limit under the type of the primary one",
      "secondary",
      [{ type: "RATE_LIMITED", message: "You have exceeded a secondary rate limit" }],
    ],
  ])("among errors, %s: %s", (_what, expected, errors) => {
    expect(limitOfErrors(errors)).toBe(expected);
  });
});
