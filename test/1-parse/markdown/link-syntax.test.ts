import { describe, expect, test } from "vitest";
import { behindAttributes, targetAt } from "../../../pipeline/1-parse/markdown/link-syntax.ts";

describe("a link's target", () => {
  test.each([
    ["(/a)", "/a"],
    ["()", ""],
    ["( /a )", "/a"],
    ["(</a b>)", "/a b"],
    ["(/a_(b)_c)", "/a_(b)_c"],
    ["(/a\\_b\\))", "/a_b)"],
    ['(/a "hover")', "/a"],
    ['(/a "a "quoted" word")', "/a"],
    ["(/a 'hover')", "/a"],
    ['(</a> "hover")', "/a"],
    ["(https://a.bc/long- name)", "https://a.bc/long-name"],
  ])("is read to its end: %s", (source, target) => {
    expect(targetAt(`${source} more)`, 0)).toEqual({ target, end: source.length });
  });

  test.each([
    "/a",
    "(/a",
    "(see below)",
    "(/a](/b))",
    `(${"(".repeat(40)}${")".repeat(41)}`,
    `(/${"a".repeat(3_000)})`,
    '(/a "hover',
  ])("is none: %.20s", (source) => {
    expect(targetAt(source, 0)).toBeNull();
  });
});

test("attributes behind a link are passed over, other braces are not", () => {
  expect(behindAttributes("){.a #b c=d} e", 1)).toBe(12);
  expect(behindAttributes("]{x} e", 1)).toBe(1);
  expect(behindAttributes("] e", 1)).toBe(1);
});
