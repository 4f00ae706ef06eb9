import { describe, expect, test } from "vitest";
import type { Paper } from "../../pipeline/2-dedupe/paper.ts";
import { joinByHostId } from "../../pipeline/3-enrich/join.ts";
import { openJournal } from "../../pipeline/3-enrich/journal.ts";
import { observation } from "../../pipeline/3-enrich/judge.ts";
import { KnownRepositories } from "../../pipeline/3-enrich/known.ts";
import { apply, askOf as repositoryAsk, type Tracked } from "../../pipeline/3-enrich/repositories.ts";
import type { Answer } from "../../pipeline/3-enrich/repository.ts";
import type { Release } from "../../pipeline/core/release.ts";
import { releaseOf } from "../support/releases.ts";
import { ABSENT, askOf, BLOCKED, checkedRow, FAILED, found, paperNaming } from "../support/repositories.ts";

const idOf = (fullName: string) => askOf(fullName).repository_id;
const day = (number: number) => `2026-02-${String(number).padStart(2, "0")}T00:00:00Z`;

async function* stream(papers: readonly Paper[]) {
  yield* papers;
}
const NO_JOURNAL = openJournal("/nowhere/journal.jsonl");
const known = (papers: readonly Paper[], previous: Release | null = null, count = (_count: number) => {}) =>
  KnownRepositories.of(stream(papers), previous, NO_JOURNAL, count, new AbortController().signal);
const named = async (...given: Parameters<typeof known>) => Array.fromAsync((await known(...given)).all());

/** A repository under its name, with these answers on the first days of February. */
async function tracked(
  fullName: string,
  ...answers: readonly Parameters<typeof observation>[1][]
): Promise<Tracked> {
  const [repository] = await named([paperNaming(fullName)]);
  if (repository === undefined) throw new Error(`Nothing was named by ${fullName}.`);
  for (const [i, answer] of answers.entries())
    apply(repository, { repository_id: idOf(fullName), at: day(i + 1), answer });
  return repository;
}

describe("the repositories that papers name", () => {
  test("are each there once, in the order of ids, with the number of papers that name them", async () => {
    const papers = [paperNaming("b/two", "a/one"), paperNaming("a/one")];
    const all = await named(papers);
    expect(all.map(({ row, keys, namings }) => [row.full_name, keys, namings])).toEqual([
      ["a/one", ["github.com/a/one"], 2],
      ["b/two", ["github.com/b/two"], 1],
    ]);
    expect(all.map(({ row }) => row.repository_id)).toEqual([idOf("a/one"), idOf("b/two")]);
  });

  test("are the same whatever the case of the name, written as the first in character order", async () => {
    const papers = [paperNaming("ada/Stones"), paperNaming("Ada/stones"), paperNaming("ada/stones")];
    for (const order of [papers, papers.toReversed()]) {
      const all = await named(order);
      expect(all.map(({ row, namings }) => [row.full_name, namings])).toEqual([["Ada/stones", 3]]);
      expect(all[0]?.row.repository_id).toBe(idOf("ada/stones"));
    }
  });

  test("are counted paper by paper", async () => {
    const counts: number[] = [];
    const papers = [paperNaming("a/one", "b/two"), paperNaming(), paperNaming("a/one")];
    await known(papers, null, (count) => counts.push(count));
    expect(counts).toEqual([2, 0, 1]);
  });

  test("are gone through in pieces: who stops the run is heard amid them", async () => {
    const stopping = new AbortController();
    const papers = [paperNaming(...Array.from({ length: 20_000 }, (_, i) => `ada/r${i}`))];
    const all = await KnownRepositories.of(stream(papers), null, NO_JOURNAL, () => {}, stopping.signal);
    setImmediate(() => stopping.abort(new Error("stopped")));
    await expect(Array.fromAsync(all.all())).rejects.toThrow("stopped");
  });

  test("are none where papers name none", async () => {
    expect(await named([paperNaming()])).toEqual([]);
  });
});

describe("with a previous release", () => {
  const row = checkedRow({
    repository_id: idOf("ada/pebbles"),
    full_name: "jan/stones",
    previous_names: ["ada/pebbles", "Ada/Stones"],
    status: "moved",
  });
  const seen = observation(row, found({ full_name: "jan/stones" }), day(1));
  const previous = releaseOf({ repositories: [row], repository_observations: [seen] });

  test.each(["ada/pebbles", "ADA/stones", "Jan/Stones"])(
    "the name %s is the repository that ever had it, with its id, row and observations",
    async (name) => {
      expect(await named([paperNaming(name)], previous)).toEqual([
        {
          row,
          keys: [`github.com/${name.toLowerCase()}`],
          namings: 1,
          observations: [seen],
          absorbed_ids: [],
        },
      ]);
    },
  );

  test("two of its names are one repository", async () => {
    const all = await named([paperNaming("ada/pebbles", "jan/stones")], previous);
    expect(all).toMatchObject([{ keys: ["github.com/ada/pebbles", "github.com/jan/stones"], namings: 2 }]);
  });

  test("whose rows are in another order is refused, not read in part", async () => {
    const ids = [idOf("ada/pebbles"), idOf("otto/bread")].sort().reverse();
    const rows = ids.map((repository_id) => ({ ...row, repository_id }));
    async function* disordered() {
      yield* rows;
    }
    const damaged = { ...previous, rows: disordered } as unknown as Release;
    await expect(named([paperNaming("ada/pebbles", "otto/bread")], damaged)).rejects.toMatchObject({
      code: "RELEASE_DAMAGED",
    });
  });

  test("a repository that no paper names any more is left out", async () => {
    const all = await named([paperNaming("otto/bread")], previous);
    expect(all.map((repository) => repository.row.repository_id)).toEqual([idOf("otto/bread")]);
  });
});

describe("an answer", () => {
  test("is taken once, however often the journal is read", async () => {
    const repository = await tracked("ada/stones", found({ stars: 1 }));
    const again = { repository_id: idOf("ada/stones"), at: day(1), answer: found({ stars: 2 }) };
    apply(repository, again);
    expect(repository.row.stars).toBe(1);
    expect(repository.observations).toHaveLength(1);
  });

  test("that is older than what is known changes nothing", async () => {
    const repository = await tracked("ada/stones", found(), found());
    apply(repository, { repository_id: idOf("ada/stones"), at: day(1), answer: ABSENT });
    expect(repository.row).toMatchObject({ status: "alive", checked_at: day(2) });
    expect(repository.observations).toHaveLength(2);
  });

  test("leaves an observation of what it made of the repository", async () => {
    const { row, observations } = await tracked("ada/stones", ABSENT, ABSENT, FAILED, BLOCKED, found());
    expect(observations.map(({ status, observed_at, stars }) => [status, observed_at, stars])).toEqual([
      ["missing", day(1), null],
      ["gone", day(2), null],
      ["unknown", day(3), null],
      ["blocked", day(4), null],
      ["alive", day(5), 5],
    ]);
    expect(observations.map(({ repository_id }) => repository_id)).toEqual(Array(5).fill(row.repository_id));
  });
});

describe("two names with one numeric id", () => {
  const here = found({ full_name: "jan/stones", host_id: 8 });

  test("are one row, with both keys, all namings, and the other id absorbed", async () => {
    const pair = [await tracked("ada/pebbles", here), await tracked("jan/stones", here)];
    const [survivor, other] = ["ada/pebbles", "jan/stones"].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    for (const order of [pair.map(copy), pair.map(copy).reverse()]) {
      const [joined, ...rest] = joinByHostId(order);
      expect(rest).toEqual([]);
      expect(joined).toMatchObject({ namings: 2, absorbed_ids: [idOf(other ?? "")] });
      expect(joined?.keys.toSorted()).toEqual(["github.com/ada/pebbles", "github.com/jan/stones"]);
      expect(joined?.row).toMatchObject({
        repository_id: idOf(survivor ?? ""),
        full_name: "jan/stones",
        previous_names: ["ada/pebbles"],
        status: "moved",
      });
    }
  });

  test("take the figures of the name that was seen last, though the other has the longer history", async () => {
    const old = await tracked("ada/pebbles", here, {
      kind: "absent",
      http_status: 404,
      source: "github_rest",
    });
    const current = await tracked("jan/stones", here);
    const later = { ...current, row: { ...current.row, observed_at: "2027-01-01T00:00:00Z", stars: 99 } };
    const [joined] = joinByHostId([old, later]);
    expect(joined?.row).toMatchObject({
      repository_id: idOf("ada/pebbles"),
      status: "moved",
      stars: 99,
      full_name: "jan/stones",
    });
  });

  test("keep the id with the longer history, whatever the order of ids", async () => {
    for (const [long, short] of [
      ["ada/pebbles", "jan/stones"],
      ["jan/stones", "ada/pebbles"],
    ] as const) {
      const pair = [await tracked(short, here), await tracked(long, here, here)];
      const [joined] = joinByHostId(pair);
      expect(joined).toMatchObject({ row: { repository_id: idOf(long) }, absorbed_ids: [idOf(short)] });
    }
  });

  test("have one history: the other's checks at other times, under the survivor's id, in order", async () => {
    const long = await tracked("ada/pebbles", here, here);
    const short = await tracked("jan/stones");
    apply(short, { repository_id: idOf("jan/stones"), at: "2026-02-01T12:00:00Z", answer: here });
    const twice = await tracked("otto/stones", here);
    const [joined] = joinByHostId([short, twice, long]);
    expect(joined?.observations.map(({ observed_at }) => observed_at)).toEqual([
      day(1),
      "2026-02-01T12:00:00Z",
      day(2),
    ]);
    expect(new Set(joined?.observations.map(({ repository_id }) => repository_id))).toEqual(
      new Set([idOf("ada/pebbles")]),
    );
    expect(joined?.absorbed_ids.toSorted()).toEqual([idOf("jan/stones"), idOf("otto/stones")].sort());
    expect(joined?.namings).toBe(3);
  });
});

describe("repositories stay apart", () => {
  test("with different numeric ids, and with none", async () => {
    const all = [
      await tracked("ada/a", found({ full_name: "ada/a", host_id: 1 })),
      await tracked("ada/b", found({ full_name: "ada/b", host_id: 2 })),
      await tracked("ada/c", ABSENT),
      await tracked("ada/d", ABSENT),
      await tracked("ada/e"),
    ];
    const joined = joinByHostId(all);
    expect(joined.map(({ absorbed_ids }) => absorbed_ids)).toEqual([[], [], [], [], []]);
    const ids = joined.map(({ row }) => row.repository_id);
    expect(ids).toEqual(ids.toSorted());
  });

  test("where one is replaced: its id is that of the repository it was", async () => {
    const before = found({ full_name: "ada/a", host_id: 1 });
    const here = found({ full_name: "jan/a", host_id: 1 });
    const replaced = await tracked("ada/a", before, found({ full_name: "ada/a", host_id: 2 }));
    expect(replaced.row).toMatchObject({ status: "replaced", host_id: 1 });
    const shorter = await tracked("jan/a", here);
    const longer = await tracked("jan/a", here, here, here);
    for (const other of [shorter, longer]) expect(joinByHostId([replaced, other])).toHaveLength(2);
  });
});

/** A copy that joining may change. */
function copy({ row, namings, ...lists }: Tracked): Tracked {
  return {
    row,
    namings,
    keys: [...lists.keys],
    observations: [...lists.observations],
    absorbed_ids: [...lists.absorbed_ids],
  };
}

describe("the state that figures are of", () => {
  const etag = { value: 'W/"1"', token: "one" };
  const stateAfter = async (...answers: readonly (readonly [Answer, boolean])[]) => {
    const repository = await tracked("ada/stones");
    for (const [i, [answer, hasState]] of answers.entries()) {
      const dated = { repository_id: idOf("ada/stones"), at: day(i + 1), answer };
      apply(repository, hasState ? { ...dated, etag } : dated);
    }
    return repositoryAsk(repository).etag;
  };

  test("is asked about while the figures are those, also after a check without figures", async () => {
    expect(await stateAfter([found(), true])).toEqual(etag);
    expect(await stateAfter([found(), true], [FAILED, false])).toEqual(etag);
  });

  test("is forgotten with figures from elsewhere, and never taken from another repository", async () => {
    expect(await stateAfter([found(), true], [found(), false])).toBeUndefined();
    expect(await stateAfter([found(), false], [found({ host_id: 12 }), true])).toBeUndefined();
  });
});
