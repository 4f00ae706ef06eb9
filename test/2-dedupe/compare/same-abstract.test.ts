import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { compareFacts } from "../../support/mentions.ts";

const PEOPLE = ["Ada Quill", "Jan Reed"];

describe("titles that have nothing in common", () => {
  const LONG = Array.from({ length: 50 }, (_, at) => `word${at}`).join(" ");
  const who = { authors: PEOPLE, year: 2020, abstract: LONG };
  const [a, b] = [
    { ...who, title: "Counting river stones" },
    { ...who, title: "What drones see by day" },
  ];

  test("are one work with the same long abstract by the same people, within a year", () => {
    const one = { same: true, rule: "same_abstract", score: 0.5 };
    expect(compareFacts(a, b)).toEqual(one);
    expect(compareFacts(a, { ...b, year: 2021 })).toEqual(one);
    expect(compareFacts(a, { ...b, year: null })).toEqual(one);
  });

  test.each<[string, Partial<Mention>]>([
    ["two years later", { year: 2022 }],
    ["by one person more", { authors: [...PEOPLE, "Mei Lark"] }],
    ["by unknown people", { authors: null }],
    ["with a tenth of the abstract in other words", { abstract: LONG.replace(/(word\d*5\b)/gu, "other$1") }],
    ["with a number in the title that the other has not, and one of its own", { title: "What 7 drones see" }],
  ])("are two works %s", (_what, other) => {
    const first = other.title === undefined ? a : { ...a, title: "Counting 5 river stones" };
    expect(compareFacts(first, { ...b, ...other }).same).toBe(false);
  });

  test("are two works where the abstract has less than forty different words", () => {
    const short = { abstract: LONG.split(" ").slice(0, 39).join(" ") };
    expect(compareFacts({ ...a, ...short }, { ...b, ...short })).toEqual({
      same: false,
      reason: "different_title",
    });
    const enough = { abstract: LONG.split(" ").slice(0, 40).join(" ") };
    expect(compareFacts({ ...a, ...enough }, { ...b, ...enough })).toMatchObject({ rule: "same_abstract" });
  });
});
