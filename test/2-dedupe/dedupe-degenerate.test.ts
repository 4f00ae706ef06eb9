import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { dedupe } from "../../pipeline/2-dedupe/dedupe.ts";
import { testEffects } from "../support/effects.ts";
import { ownFolder } from "../support/folder.ts";
import { nth } from "../support/groups.ts";
import { mention } from "../support/mentions.ts";
import { runAlone } from "../support/stages.ts";

const inFolder = ownFolder();

/** How many papers so many mentions are, and how many pairs of each mention were compared for it. */
async function found(count: number, known: (at: number) => Partial<Mention>) {
  const mentions = Array.from({ length: count }, (_, at) => mention(nth(at), known(at)));
  const config = { overrides: [], previous: null };
  const { report } = await runAlone(dedupe, mentions, config, testEffects(), inFolder());
  expect(report).toMatchObject({ read: count, written: count - report.merged });
  return { papers: report.written, perMention: Number(report.notes["compared_pairs"]) / count };
}

/** Letters that stand for a number, so that titles differ by words and not by numerals. */
const word = (number: number) => [...String(number)].map((digit) => "abcdefghij"[Number(digit)]).join("");

describe("ten thousand mentions", () => {
  const MANY = 10_000;

  test("of one title are one paper, and each is compared once", async () => {
    const { papers, perMention } = await found(MANY, () => ({ authors: ["Ada Quill"], year: 2020 }));
    expect(papers).toBe(1);
    expect(perMention).toBeLessThanOrEqual(1);
  });

  test("of one title by others each are told apart without comparing all of them", async () => {
    const { papers, perMention } = await found(MANY, (at) => ({ authors: [`Ada ${word(at)}son`], year: at }));
    expect(papers).toBeGreaterThan(9_000);
    expect(perMention).toBeLessThanOrEqual(64);
  }, 60_000);

  test("without a title are as many papers, and none is compared", async () => {
    expect(await found(MANY, (at) => ({ title: at % 2 === 0 ? "" : "…" }))).toEqual({
      papers: MANY,
      perMention: 0,
    });
  });

  test("of one title with an arXiv identifier each are as many papers", async () => {
    const { papers, perMention } = await found(MANY, (at) => ({
      arxiv_id: `2401.${String(at).padStart(5, "0")}`,
    }));
    expect(papers).toBe(MANY);
    expect(perMention).toBeLessThanOrEqual(64);
  });
});

test("four thousand titles under one DOI make no paper of many titles, and are not compared pair by pair", async () => {
  const count = 4_000;
  const { papers, perMention } = await found(count, (at) => ({
    doi: "10.1234/one",
    title: `${word(at)} of ${word(at)}s and ${word(at)}x`,
  }));
  expect(papers).toBeGreaterThan(count / 2);
  expect(perMention).toBeLessThanOrEqual(64);
}, 60_000);
