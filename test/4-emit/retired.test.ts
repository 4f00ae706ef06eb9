import { describe, expect, test } from "vitest";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import type { CheckedRepository } from "../../pipeline/3-enrich/repository.ts";
import { retiredIds } from "../../pipeline/4-emit/retired.ts";
import { releaseOf } from "../support/releases.ts";
import { idOf, type RowOf, rowOf } from "../support/rows.ts";
import { checkedOf, findingsOf, mentionOf, paperOf } from "./findings.ts";

const [p1, p2, p3, p4] = [idOf("p", 1), idOf("p", 2), idOf("p", 3), idOf("p", 4)];
const [r1, r2, r3] = [idOf("r", 1), idOf("r", 2), idOf("r", 3)];

interface Earlier {
  /** Mentions by number, each with the number of its paper. */
  readonly mentions?: Readonly<Record<number, number>>;
  readonly papers?: readonly string[];
  readonly repositories?: readonly string[];
  readonly retired?: readonly Partial<RowOf<"retired_ids">>[];
}
interface Now {
  readonly papers?: readonly Paper[];
  readonly repositories?: readonly CheckedRepository[];
}

/** The retired ids after a release with these ids is followed by these findings. */
function retiredAfter(earlier: Earlier, { papers = [], repositories = [] }: Now = {}) {
  const release = releaseOf({
    papers: (earlier.papers ?? []).map((paper_id) => rowOf("papers", { paper_id })),
    repositories: (earlier.repositories ?? []).map((repository_id) =>
      rowOf("repositories", { repository_id }),
    ),
    mentions: Object.entries(earlier.mentions ?? {}).map(([number, paper]) =>
      mentionOf(Number(number), { paper_id: idOf("p", paper) }),
    ),
    retired_ids: (earlier.retired ?? []).map((known) => rowOf("retired_ids", known)),
  });
  return retiredIds(findingsOf(papers, repositories), release);
}
/** Pairs of what went and what stands for it. */
const pairs = (rows: Awaited<ReturnType<typeof retiredAfter>>) =>
  rows.map((row) => [row.retired_id, row.surviving_id]);

test("a first release has no retired ids", async () => {
  expect(await retiredIds(findingsOf([paperOf(1)]), null)).toEqual([]);
});

test("ids that go on living are not retired", async () => {
  const now = { papers: [paperOf(1)], repositories: [checkedOf(1, "a/b")] };
  expect(await retiredAfter({ papers: [p1], repositories: [r1] }, now)).toEqual([]);
});

describe("an id of the previous release that stands for no row any more", () => {
  test("was removed where nothing takes its place, and its version is not known yet", async () => {
    expect(await retiredAfter({ papers: [p1], repositories: [r1] })).toEqual([
      { retired_id: p1, table: "papers", surviving_id: null, reason: "removed", retired_in_version: null },
      {
        retired_id: r1,
        table: "repositories",
        surviving_id: null,
        reason: "removed",
        retired_in_version: null,
      },
    ]);
  });

  test("was merged where a paper absorbed it, and leads to that paper", async () => {
    const now = { papers: [paperOf(1, { absorbed_ids: [p2, p3] })] };
    expect(await retiredAfter({ papers: [p1, p2, p3] }, now)).toEqual([
      { retired_id: p2, table: "papers", surviving_id: p1, reason: "merged", retired_in_version: null },
      { retired_id: p3, table: "papers", surviving_id: p1, reason: "merged", retired_in_version: null },
    ]);
  });

  test("was merged where a repository absorbed it, and leads to that repository", async () => {
    const now = { repositories: [checkedOf(2, "a/b", {}, { absorbed_ids: [r1] })] };
    expect(await retiredAfter({ repositories: [r1, r2] }, now)).toEqual([
      { retired_id: r1, table: "repositories", surviving_id: r2, reason: "merged", retired_in_version: null },
    ]);
  });

  test("leads through a chain of mergers to what stands for it now", async () => {
    const now = {
      repositories: [
        checkedOf(2, "a/b", {}, { absorbed_ids: [r1] }),
        checkedOf(3, "a/c", {}, { absorbed_ids: [r2] }),
      ],
    };
    const withoutMiddle = { repositories: now.repositories.slice(1) };
    expect(pairs(await retiredAfter({ repositories: [r1, r2, r3] }, now))).toEqual([[r1, r3]]);
    expect(pairs(await retiredAfter({ repositories: [r2, r3] }, withoutMiddle))).toEqual([[r2, r3]]);
  });

  test("is not retired twice where an earlier release had retired it already", async () => {
    const earlier = {
      papers: [p1],
      retired: [{ retired_id: p2, surviving_id: p1, retired_in_version: "1.1.0" }],
    };
    const now = { papers: [paperOf(1, { absorbed_ids: [p2] })] };
    expect(await retiredAfter(earlier, now)).toEqual([
      { retired_id: p2, table: "papers", surviving_id: p1, reason: "merged", retired_in_version: "1.1.0" },
    ]);
  });
});

describe("a paper whose mentions stand under several papers now", () => {
  const parts = (second: number) => [
    paperOf(1, { absorbed_ids: [p2], mentions: [mentionOf(1), mentionOf(2)] }),
    paperOf(second, { mentions: [mentionOf(3), mentionOf(4)] }),
  ];

  test("was split where its id goes, and leads to the paper that continues it", async () => {
    const earlier = { papers: [p1, p2], mentions: { 1: 1, 2: 2, 3: 2 } };
    expect(await retiredAfter(earlier, { papers: parts(5) })).toEqual([
      { retired_id: p2, table: "papers", surviving_id: p1, reason: "split", retired_in_version: null },
    ]);
  });

  test("was merged where all of them stand under one, whatever else stands there", async () => {
    const earlier = { papers: [p1, p2], mentions: { 1: 2, 2: 2, 3: 1 } };
    expect(await retiredAfter(earlier, { papers: parts(5) })).toMatchObject([{ reason: "merged" }]);
  });

  test("is not retired where it goes on under its id", async () => {
    const earlier = { papers: [p1], mentions: { 1: 1, 3: 1 } };
    const now = [paperOf(1, { mentions: [mentionOf(1)] }), paperOf(5, { mentions: [mentionOf(3)] })];
    expect(await retiredAfter(earlier, { papers: now })).toEqual([]);
  });

  test("stays split in later releases, until nothing continues it", async () => {
    const split = { retired_id: p2, surviving_id: p1, reason: "split", retired_in_version: "1.1.0" } as const;
    const earlier = { papers: [p1], retired: [split] };
    expect(await retiredAfter(earlier, { papers: [paperOf(1)] })).toMatchObject([split]);
    const later = { papers: [paperOf(3, { absorbed_ids: [p1] })] };
    expect(await retiredAfter({ ...earlier, papers: [p1, p3] }, later)).toMatchObject([
      { retired_id: p1, surviving_id: p3, reason: "merged" },
      { retired_id: p2, surviving_id: p3, reason: "split" },
    ]);
    expect((await retiredAfter(earlier)).find((row) => row.retired_id === p2)).toMatchObject({
      surviving_id: null,
      reason: "removed",
    });
  });
});

describe("a retirement of an earlier release", () => {
  const merged = { retired_id: p2, surviving_id: p1, reason: "merged", retired_in_version: "1.1.0" } as const;
  const removed = {
    retired_id: p4,
    surviving_id: null,
    reason: "removed",
    retired_in_version: "1.3.0",
  } as const;

  test("is carried on as it was, version included", async () => {
    const earlier = { papers: [p1], retired: [merged, removed] };
    expect(await retiredAfter(earlier, { papers: [paperOf(1)] })).toEqual([
      { table: "papers", ...merged },
      { table: "papers", ...removed },
    ]);
  });

  test("ends when the id stands for a row again", async () => {
    const earlier = { papers: [p1], retired: [merged, removed] };
    expect(pairs(await retiredAfter(earlier, { papers: [paperOf(1), paperOf(2)] }))).toEqual([[p4, null]]);
  });

  test("leads on to whatever absorbed its survivor", async () => {
    const earlier = { papers: [p1, p3], retired: [merged] };
    expect(await retiredAfter(earlier, { papers: [paperOf(3, { absorbed_ids: [p1] })] })).toEqual([
      { retired_id: p1, table: "papers", surviving_id: p3, reason: "merged", retired_in_version: null },
      { retired_id: p2, table: "papers", surviving_id: p3, reason: "merged", retired_in_version: "1.1.0" },
    ]);
  });

  test("leads nowhere when its survivor is removed", async () => {
    expect(pairs(await retiredAfter({ papers: [p1], retired: [merged] }))).toEqual([
      [p1, null],
      [p2, null],
    ]);
  });

  test("is a removal when its survivor is removed: only what was merged has a survivor", async () => {
    for (const { surviving_id, reason } of await retiredAfter({ papers: [p1], retired: [merged] }))
      expect(reason).toBe(surviving_id === null ? "removed" : "merged");
  });
});

test("retired ids come in the order of ids, both tables and both times together", async () => {
  const earlier = {
    papers: [p1, p3],
    repositories: [r2],
    retired: [
      { retired_id: p2, surviving_id: null },
      { retired_id: r1, surviving_id: null },
    ],
  };
  expect((await retiredAfter(earlier)).map((row) => row.retired_id)).toEqual([p1, p2, p3, r1, r2]);
});
