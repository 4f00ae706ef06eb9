import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { dedupe } from "../../pipeline/2-dedupe/dedupe.ts";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import type { Release } from "../../pipeline/core/release.ts";
import { testEffects } from "../support/effects.ts";
import { ownFolder } from "../support/folder.ts";
import { GENERIC, mention } from "../support/mentions.ts";
import { releaseOf, releaseOfPapers } from "../support/releases.ts";
import { rowOf } from "../support/rows.ts";
import { runAlone } from "../support/stages.ts";

const inFolder = ownFolder();

const run = (mentions: readonly Mention[], previous: Release | null = null) =>
  runAlone(dedupe, mentions, { previous, overrides: [] }, testEffects(), inFolder());

const MENTIONS = [
  mention("m_1"),
  mention("m_2", { title: GENERIC }),
  mention("m_3", { abstract: "drones count stones" }),
  mention("m_4", { title: GENERIC }),
  mention("m_5", { arxiv_id: "2401.00001" }),
];

describe("the stage", () => {
  test("accounts for every mention: each is written or merged", async () => {
    const { report, records } = await run(MENTIONS);
    expect(report).toMatchObject({ read: 5, written: 3, merged: 2, rejected: {} });
    expect(records.flatMap((paper) => paper.mentions.map((row) => row.mention_id)).sort()).toEqual([
      "m_1",
      "m_2",
      "m_3",
      "m_4",
      "m_5",
    ]);
  });

  test("gives papers in the order of their ids, and the same ones for any order of the mentions", async () => {
    const { records, report } = await run(MENTIONS);
    const ids = records.map((paper) => paper.paper_id);
    expect(ids).toEqual(ids.toSorted());
    const other = await run(MENTIONS.toReversed());
    expect(other.report.outputDigest).toBe(report.outputDigest);
  });

  test("writes the mentions of a work as one paper, with their facts merged", async () => {
    const { records } = await run(MENTIONS);
    const merged = records.find((paper) => paper.mentions.length === 3);
    expect(merged).toMatchObject({
      arxiv_id: "2401.00001",
      abstract: "drones count stones",
      absorbed_ids: [],
    });
    expect(merged?.mentions.map((row) => row.mention_id)).toEqual(["m_1", "m_3", "m_5"]);
  });

  test("reads no mention and writes no paper where there is none", async () => {
    expect((await run([])).report).toMatchObject({ read: 0, written: 0, merged: 0 });
  });
});

describe("with a previous release", () => {
  test("a paper keeps its id by its mention, though its identifier came later", async () => {
    const [old] = (await run([mention("m_1")])).records;
    const next = await run(
      [mention("m_1", { title: "Another title altogether", arxiv_id: "2401.00009" })],
      releaseOfPapers(old ? [old] : []),
    );
    expect(next.records.map((paper) => paper.paper_id)).toEqual([old?.paper_id]);
  });

  test("a paper keeps its id by its title, though none of its mentions is there any more", async () => {
    const [old] = (await run([mention("m_1")])).records;
    const next = await run([mention("m_9", { arxiv_id: "2401.00009" })], releaseOfPapers(old ? [old] : []));
    expect(next.records.map((paper) => paper.paper_id)).toEqual([old?.paper_id]);
  });

  test.each([
    ["merged", false],
    ["split", false],
    ["removed", true],
  ] as const)("an id that was retired as %s stands for a work again: %s", async (reason, mayReturn) => {
    const [old] = (await run([mention("m_1")])).records;
    const retired_ids = [rowOf("retired_ids", { retired_id: old?.paper_id ?? "", reason })];
    const next = await run([mention("m_2")], releaseOf({ retired_ids }));
    expect(next.records[0]?.paper_id === old?.paper_id).toBe(mayReturn);
  });

  test.each(["m_1", "m_2"])(
    "two papers that turn out to be one keep the id of the one captured first (%s)",
    async (elderMention) => {
      const title = "Stones counted from above, part 1";
      const first = await run([mention("m_1"), mention("m_2", { title })]);
      const isElder = (paper: Paper) => paper.mentions[0]?.mention_id === elderMention;
      const [elder, younger] = first.records.toSorted((a, b) => Number(isElder(b)) - Number(isElder(a)));
      const previous = releaseOfPapers(first.records, (paper) => (isElder(paper) ? "1.0.0" : "1.1.0"));
      const arxiv_id = "2401.00001";
      const next = await run([mention("m_1", { arxiv_id }), mention("m_2", { arxiv_id, title })], previous);
      expect(first.records).toHaveLength(2);
      expect(next.records).toMatchObject([
        { paper_id: elder?.paper_id, absorbed_ids: [younger?.paper_id], arxiv_id },
      ]);
    },
  );
});
