import { describe, expect, test } from "vitest";
import type { Manifest } from "../../pipeline/core/manifest.ts";
import type { Release } from "../../pipeline/core/release.ts";
import type { Finding } from "../../pipeline/release/gates.ts";
import { TABLE_NAMES, TABLES, type TableName } from "../../schemas/index.ts";
import { FORMAT_NAMES, type FormatName } from "../4-emit/read-back.ts";
import type { PlainRow, RowOf } from "../support/rows.ts";
import { findingsIn as allFindingsIn, breakCopies, editManifest, rewriteFile, rowsIn } from "./damage.ts";

/** The gates `rows` and `formats` of pipeline/release/check-formats.ts: the three files of a table hold the same. */

let release: Release;
let folder: string;
const freshCopy = breakCopies((given) => {
  ({ release, folder } = given);
});

/** What is found by the gates that compare files; others see that Parquet alone holds another value, too. */
const findingsIn = async (of: string) =>
  (await allFindingsIn(of)).filter(
    ({ gate }) => gate !== "dated" && gate !== "difference" && gate !== "future",
  );

/** Writes one format of a table anew, with rows that were changed, and gives what is found. */
async function foundAfter<N extends TableName>(
  format: FormatName,
  name: N,
  change: (rows: readonly RowOf<N>[]) => readonly PlainRow[],
): Promise<Finding[]> {
  await rewriteFile(folder, format, TABLES[name], change(await rowsIn(release.folder, name)));
  return findingsIn(folder);
}

/** What `formats` says when one format differs from the others in these columns, and where it begins to. */
function differs(
  format: FormatName,
  where: TableName,
  columns: string,
  place = "first in row [1-9]\\d*, \\w+ is .+ in \\w+ and .+ in csv",
): Finding[] {
  const others = format === "csv" ? (["jsonl", "parquet"] as const) : [format];
  return others.map((other) => ({
    gate: "formats",
    where,
    found: expect.stringMatching(`^${other} and csv differ in ${columns}: ${place}$`) as string,
  }));
}

test("tables that are written again with the same rows are found to be the same", async () => {
  for (const format of FORMAT_NAMES)
    for (const name of TABLE_NAMES)
      await rewriteFile(folder, format, TABLES[name], await rowsIn(release.folder, name));
  expect(await findingsIn(folder)).toEqual([]);
});

describe("the gate rows", () => {
  test("alone finds a number of rows in the manifest that is not that of the files", async () => {
    await editManifest(folder, (manifest) => ({ ...manifest, counts: { ...manifest.counts, papers: 6 } }));
    expect(await findingsIn(folder)).toEqual(
      FORMAT_NAMES.map((format) => ({
        gate: "rows",
        where: `${format}/papers.${format}`,
        found: "5 rows instead of 6",
      })),
    );
  });

  test("finds a number of rows that the manifest gives for one file", async () => {
    await editManifest(folder, (manifest) => ({
      ...manifest,
      files: manifest.files.map((file) => (file.path === "csv/papers.csv" ? { ...file, rows: 6 } : file)),
    }));
    expect(await findingsIn(folder)).toMatchObject([{ gate: "rows", where: "csv/papers.csv" }]);
  });

  test.each<readonly [string, (manifest: Manifest) => object]>([
    ["repository_statuses", () => ({ repository_statuses: { alive: 3 } })],
    ["inputs", ({ inputs: [first, ...others] }) => ({ inputs: [{ ...first, mentions: 99 }, ...others] })],
    ["inputs", ({ inputs }) => ({ inputs: inputs.slice(1) })],
  ])("that the manifest counts of %s what is not there", async (what, edit) => {
    await editManifest(folder, (manifest) => ({ ...manifest, ...edit(manifest) }));
    expect(await findingsIn(folder)).toEqual([
      { gate: "rows", where: "manifest.json", found: `${what} counts something else than the tables hold` },
    ]);
  });

  test.each(FORMAT_NAMES)(
    "finds rows that %s alone has less or more of, and formats finds it too",
    async (format) => {
      await rewriteFile(
        folder,
        format,
        TABLES.paper_links,
        (await rowsIn(folder, "paper_links")).slice(0, -1),
      );
      await rewriteFile(folder, format, TABLES.repository_observations, []);
      const found = await foundAfter(format, "retired_ids", (rows) => [...rows, ...rows.slice(-1)]);
      const where = (name: TableName) => `${format}/${name}.${format}`;
      expect(found.filter(({ gate }) => gate === "rows")).toEqual([
        { gate: "rows", where: where("repository_observations"), found: "0 rows instead of 4" },
        { gate: "rows", where: where("paper_links"), found: "1 rows instead of 2" },
        { gate: "rows", where: where("retired_ids"), found: "3 rows instead of 2" },
      ]);
      const others = found.filter(({ gate, where }) => gate !== "rows" && where !== "retired_ids");
      expect(new Set(others.map(({ gate }) => gate))).toEqual(new Set(["formats"]));
    },
  );
});

describe.each(FORMAT_NAMES)("the gate formats, and no other, finds in %s alone", (format) => {
  /** What changes in one row: the cells of a column by the number of the row. */
  type Changes<N extends TableName> = {
    readonly [C in keyof RowOf<N>]?: readonly [row: number, to: (cell: RowOf<N>[C]) => RowOf<N>[C]];
  };

  /** Makes one change in each of these columns, and expects these columns to differ and no others. */
  async function eachDiffers<N extends TableName>(name: N, changes: Changes<NoInfer<N>>): Promise<void> {
    await freshCopy();
    const columns = Object.keys(changes) as (keyof RowOf<N> & string)[];
    const found = await foundAfter(format, name, (rows) =>
      rows.map((row, i) => {
        const cells = columns.filter((column) => changes[column]?.[0] === i);
        const changed = cells.map((column) => [column, changes[column]?.[1](row[column])] as const);
        for (const [column, cell] of changed) expect(cell).not.toEqual(row[column]);
        return { ...row, ...Object.fromEntries(changed) };
      }),
    );
    expect(found).toEqual(differs(format, name, columns.join(", ")));
  }

  test("one cell of a text, a list, a count, a status, a day, a moment", async () => {
    await eachDiffers("papers", {
      title: [0, (title) => title.replace("K", "k")],
      url: [1, () => "https://example.org/"],
      repository_status: [3, () => "alive" as const],
      mention_count: [4, (count) => count + 1],
      last_captured_on: [1, () => "2026-03-21"],
      issues: [2, () => ["abstract_joined"] as const],
    });
    await eachDiffers("repositories", {
      host_id: [2, (id) => (id ?? 0) + 1],
      topics: [1, (topics) => topics?.toReversed() ?? null],
      is_archived: [2, (is) => !is],
      checked_at: [0, () => "2026-11-21T09:00:01Z"],
    });
  });

  test("what is known where the others do not know: zero, false, and a list without items", async () => {
    await eachDiffers("papers", { authors: [3, () => []], year: [2, () => 2026], stars: [0, () => 0] });
    await eachDiffers("repositories", {
      topics: [0, () => []],
      is_fork: [0, () => false],
      stars: [0, () => 0],
    });
  });

  test("letters that look the same, and white space at the end", async () => {
    await eachDiffers("papers", {
      title: [0, (title) => title.replace("e", "\u0435")],
      abstract: [0, (abstract) => `${abstract} `],
    });
  });

  test("an item of a list more, and an item less", async () => {
    await eachDiffers("repositories", { topics: [1, (topics) => topics?.slice(1) ?? null] });
    await eachDiffers("repositories", { topics: [1, (topics) => [...(topics ?? []), "drones"]] });
  });

  test("the same change in two rows, and two cells that have changed places", async () => {
    const found = await foundAfter(format, "papers", (rows) => {
      const [one, two, ...others] = rows.map((row, i) => ({ ...row, stars: i < 2 ? 0 : row.stars }));
      return [{ ...one, title: two?.title }, { ...two, title: one?.title }, ...others];
    });
    expect(found).toEqual(differs(format, "papers", "title, stars"));
  });
});

describe("the first cell that differs is told, with what each format holds there:", () => {
  const place = async (change: (rows: readonly RowOf<"papers">[]) => readonly PlainRow[]) => {
    const [finding] = await foundAfter("jsonl", "papers", change);
    return finding?.found.split(": first in ")[1];
  };
  const with_ = (cells: Readonly<Record<number, PlainRow>>) =>
    place((rows) => rows.map((row, i) => ({ ...row, ...cells[i] })));

  test("the row before the column", async () => {
    const said = await with_({ 1: { stars: 77 }, 3: { title: "Kites" } });
    expect(said).toMatch(/^row 2, stars is "77" in jsonl and (null|"\d+") in csv$/);
  });

  test("null as null", async () => {
    expect(await with_({ 0: { abstract: null } })).toMatch(
      /^row 1, abstract is null in jsonl and ".*"… in csv$/,
    );
  });

  test("of long texts the part where they begin to differ", async () => {
    const [row] = await rowsIn(folder, "papers");
    const abstract = row?.abstract ?? "";
    const said = await with_({ 0: { abstract: `${abstract.slice(0, 60)}#${abstract.slice(61)}` } });
    const part = (text: string) => `…${JSON.stringify(text.slice(40, 100))}…`;
    const changed = `${abstract.slice(0, 60)}#${abstract.slice(61)}`;
    expect(said).toBe(`row 1, abstract is ${part(changed)} in jsonl and ${part(abstract)} in csv`);
  });

  test("a row that one format lacks", async () => {
    const found = await foundAfter("jsonl", "papers", (rows) => rows.slice(0, -1));
    const words = found.find(({ gate }) => gate === "formats")?.found;
    expect(words).toMatch(/: first in row 5, \w+ is no such row in jsonl and (null|".*"…?) in csv$/);
  });
});

describe("the gate formats finds, and no other", () => {
  test.each(["csv", "jsonl"] as const)(
    "rows of %s in another order than those of the others",
    async (format) => {
      const found = await foundAfter(format, "papers", (rows) => rows.toReversed());
      expect(new Set(found.map(({ gate }) => gate))).toEqual(new Set(["formats"]));
    },
  );

  test("cells that CSV writes otherwise than the schema says", async () => {
    const spelled = {
      is_archived: "FALSE",
      checked_at: "2026-11-21 09:00:00+00",
      host_id: " 7 ",
      stars: "00",
      forks: 0.25,
    };
    const found = await foundAfter("csv", "repositories", (rows) =>
      rows.map((row, i) => (i === 1 ? { ...row, ...spelled } : row)),
    );
    const columns = Object.keys(TABLES.repositories.columns).filter((name) => name in spelled);
    expect(found).toEqual(differs("csv", "repositories", columns.join(", ")));
  });

  test.each(["csv", "jsonl"] as const)(
    "days that %s writes otherwise than the schema says",
    async (format) => {
      const found = await foundAfter(format, "papers", ([first, ...others]) => [
        { ...first, first_captured_on: "2026/03/20", last_captured_on: "2026-3-20" },
        ...others,
      ]);
      expect(found).toEqual(differs(format, "papers", "first_captured_on, last_captured_on"));
    },
  );
});
