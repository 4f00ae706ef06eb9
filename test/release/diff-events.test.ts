import { describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { eventWatch, MOST_EVENTS } from "../../pipeline/release/diff-events.ts";
import type { TableName } from "../../schemas/index.ts";
import type { RepositoryStatus } from "../../schemas/vocabularies.ts";
import { bareRowOf, idOf, type RowOf, rowOf } from "../support/rows.ts";

type Given = readonly [table: TableName, before: object | null, after: object | null];

function eventsOf(...pairs: readonly Given[]) {
  const watch = eventWatch();
  for (const [table, before, after] of pairs)
    watch.see(table, { before, after } as { before: AnyRow; after: AnyRow }); // one of the two may be null
  return { papers: watch.papers(), repositories: watch.repositories() };
}
const paper = (number: number) => rowOf("papers", { paper_id: idOf("p", number), title: `Part ${number}` });
const named = (number: number) => ({ paper_id: idOf("p", number), title: `Part ${number}` });
const retired = (number: number, known: Partial<RowOf<"retired_ids">>) =>
  rowOf("retired_ids", { retired_id: idOf("p", number), ...known });
const mention = (number: number, ofPaper: number) =>
  rowOf("mentions", { mention_id: idOf("m", number), paper_id: idOf("p", ofPaper) });

describe("papers", () => {
  test("are added, and removed where nothing stands for them", () => {
    const { papers } = eventsOf(
      ["retired_ids", null, retired(1, { reason: "removed", surviving_id: null })],
      ["papers", paper(1), null],
      ["papers", null, paper(2)],
      ["papers", paper(3), paper(3)],
    );
    expect(papers.added).toEqual({ count: 1, first: [named(2)] });
    expect(papers.removed).toEqual({ count: 1, first: [named(1)] });
    expect([papers.merged.count, papers.split.count]).toEqual([0, 0]);
  });

  test("are removed where no retirement says what became of them", () => {
    expect(eventsOf(["papers", paper(1), null]).papers.removed.count).toBe(1);
  });

  test("are merged into the paper that a new retirement names", () => {
    const { papers } = eventsOf(
      ["retired_ids", null, retired(1, { reason: "merged", surviving_id: idOf("p", 2) })],
      ["mentions", mention(1, 1), mention(1, 2)],
      ["papers", paper(1), null],
      ["papers", paper(2), paper(2)],
    );
    expect(papers.merged).toEqual({ count: 1, first: [{ ...named(1), surviving_id: idOf("p", 2) }] });
    expect([papers.removed.count, papers.split.count]).toEqual([0, 0]);
  });

  test("are split where their mentions stand under several papers: themselves and a new one", () => {
    const { papers } = eventsOf(
      ["mentions", mention(1, 1), mention(1, 1)],
      ["mentions", mention(2, 1), mention(2, 5)],
      ["mentions", mention(3, 1), mention(3, 5)],
      ["papers", paper(1), paper(1)],
      ["papers", null, paper(5)],
    );
    expect(papers.split).toEqual({
      count: 1,
      first: [{ paper_id: idOf("p", 1), into: [idOf("p", 1), idOf("p", 5)] }],
    });
  });

  test("are split where they went and two others hold their mentions", () => {
    const { papers } = eventsOf(
      ["retired_ids", null, retired(1, { reason: "split", surviving_id: idOf("p", 2) })],
      ["mentions", mention(1, 1), mention(1, 2)],
      ["mentions", mention(2, 1), mention(2, 5)],
      ["papers", paper(1), null],
    );
    expect(papers.split.first).toEqual([{ paper_id: idOf("p", 1), into: [idOf("p", 2), idOf("p", 5)] }]);
    expect([papers.merged.count, papers.removed.count]).toEqual([0, 0]);
  });

  test("are counted to the last, though only the first are named", () => {
    const pairs = Array.from({ length: 99 }, (_, i): Given => ["papers", null, paper(i)]);
    const { added } = eventsOf(...pairs).papers;
    expect([added.count, added.first.length, added.first[0]]).toEqual([99, MOST_EVENTS, named(0)]);
  });
});

type Known = Partial<RowOf<"repositories">>;
const repository = (known: Known) => bareRowOf("repositories", { full_name: "ada/stones", ...known });
const seen = (before: Known, after: Known) =>
  eventsOf(["repositories", repository(before), repository(after)]).repositories;
const STATUSES: readonly RepositoryStatus[] = [
  "alive",
  "moved",
  "missing",
  "gone",
  "blocked",
  "unknown",
  "unchecked",
];

describe("repositories", () => {
  test("moved where they answer under another name", () => {
    expect(seen({ status: "alive" }, { status: "moved", full_name: "ada/rocks" }).moved.first).toMatchObject([
      { full_name: "ada/rocks", was: "ada/stones" },
    ]);
  });

  test("moved where another name of theirs has become known", () => {
    const moved = { status: "moved" as const, previous_names: ["eve/stones"] };
    expect(seen({ status: "alive" }, moved).moved.first).toMatchObject([
      { full_name: "ada/stones", was: "eve/stones" },
    ]);
    expect(seen(moved, moved).moved.count).toBe(0);
  });

  test("did not move where only the host's spelling has become known", () => {
    expect(seen({ status: "unchecked" }, { status: "alive", full_name: "Ada/Stones" }).moved.count).toBe(0);
  });

  test("went missing where they were not missing, and came back where they answer again", () => {
    for (const was of STATUSES)
      for (const status of STATUSES) {
        const { went_missing, came_back } = seen({ status: was }, { status });
        const isAbsent = (of: RepositoryStatus) => of === "missing" || of === "gone";
        expect(went_missing.count, `${was} to ${status}`).toBe(isAbsent(status) && !isAbsent(was) ? 1 : 0);
        const isBack = (isAbsent(was) || was === "blocked") && (status === "alive" || status === "moved");
        expect(came_back.count, `${was} to ${status}`).toBe(isBack ? 1 : 0);
      }
  });

  test("were archived where they were known not to be", () => {
    expect(seen({ is_archived: false }, { is_archived: true }).archived.count).toBe(1);
    expect(seen({ is_archived: null }, { is_archived: true }).archived.count).toBe(0);
    expect(seen({ is_archived: true }, { is_archived: true }).archived.count).toBe(0);
  });

  test("are merged where a retirement says so", () => {
    const merged = { retired_id: idOf("r", 1), table: "repositories", reason: "merged" } as const;
    const row = rowOf("retired_ids", { ...merged, surviving_id: idOf("r", 2) });
    const { repositories, papers } = eventsOf(["retired_ids", null, row]);
    expect(repositories.merged.first).toEqual([{ repository_id: idOf("r", 1), surviving_id: idOf("r", 2) }]);
    expect(papers.merged.count).toBe(0);
  });

  test("that came or went are no events: only what both releases hold has a history", () => {
    const row = repository({ status: "missing", is_archived: true });
    const { repositories } = eventsOf(["repositories", null, row], ["repositories", row, null]);
    expect(Object.values(repositories).map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("changes of stars", () => {
  test("are told from the largest on, up or down, each with the dates of both figures", () => {
    const pair = (number: number, before: number, after: number): Given => [
      "repositories",
      repository({ repository_id: idOf("r", number), stars: before, observed_at: "2026-01-01T00:00:00Z" }),
      repository({ repository_id: idOf("r", number), stars: after, observed_at: "2026-02-01T00:00:00Z" }),
    ];
    const { stars } = eventsOf(pair(1, 5, 6), pair(2, 100, 10), pair(3, 0, 40), pair(4, 7, 7)).repositories;
    expect(stars.count).toBe(3);
    expect(stars.first.map(({ before, after }) => after - before)).toEqual([-90, 40, 1]);
    expect(stars.first[0]).toMatchObject({
      before_observed_at: "2026-01-01T00:00:00Z",
      after_observed_at: "2026-02-01T00:00:00Z",
    });
  });

  test("keep the largest of many, and of equal ones those that came first", () => {
    const pairs = Array.from({ length: 60 }, (_, i): Given => {
      const known = { repository_id: idOf("r", i) };
      return [
        "repositories",
        repository({ ...known, stars: 0 }),
        repository({ ...known, stars: i % 2 === 0 ? 5 : i }),
      ];
    });
    const { count, first } = eventsOf(...pairs).repositories.stars;
    expect([count, first.length]).toEqual([60, MOST_EVENTS]);
    expect(first.map(({ after }) => after)).toEqual(
      Array.from({ length: MOST_EVENTS }, (_, i) => 59 - 2 * i),
    );
  });

  test("are none where a figure is not known: null is no zero", () => {
    expect(seen({ stars: null }, { stars: 9 }).stars.count).toBe(0);
    expect(seen({ stars: 9 }, { stars: null }).stars.count).toBe(0);
  });
});
