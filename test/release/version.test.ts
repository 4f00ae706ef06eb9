import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import type { Release } from "../../pipeline/core/release.ts";
import {
  type Bump,
  bumpFrom,
  FIRST_VERSION,
  larger,
  nextVersion,
  retiredFingerprint,
  rowBump,
} from "../../pipeline/release/version.ts";
import { TABLE_NAMES, TABLES, type Table, type TableName } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import { releaseOf } from "../support/releases.ts";
import { idOf, type PlainRow, rowOf } from "../support/rows.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperset-version-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function writeText(path: string, text: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  return full;
}

describe("the version that follows", () => {
  test.each<readonly [string, Bump, string]>([
    ["1.2.3", "none", "1.2.3"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "major", "2.0.0"],
    ["1.9.9", "patch", "1.9.10"],
    ["9.99.0", "minor", "9.100.0"],
    ["10.0.0", "major", "11.0.0"],
  ])("%s by a step of %s is %s", (version, bump, next) => {
    expect(nextVersion(version, bump)).toBe(next);
  });

  test("nothing is 1.0.0", () => {
    expect(FIRST_VERSION).toBe("1.0.0");
  });
});

test("the larger of two steps is the one that changes a number further to the left", () => {
  const steps: readonly Bump[] = ["none", "patch", "minor", "major"];
  for (const [i, a] of steps.entries())
    for (const [j, b] of steps.entries()) expect(larger(a, b), `${a} ${b}`).toBe(steps[Math.max(i, j)]);
});

describe("the step between two files of one table", () => {
  const row = (number: number, venue: string | null = null) =>
    rowOf("papers", { paper_id: idOf("p", number), venue });
  const [one, two, three] = [row(1), row(2), row(3)];

  async function* each(rows: readonly PlainRow[]): AsyncGenerator<AnyRow> {
    yield* rows as readonly AnyRow[];
  }
  const between = (before: readonly PlainRow[], after: readonly PlainRow[], table: Table = TABLES.papers) =>
    rowBump(each(before), each(after), table);

  test.each<readonly [string, Bump, readonly PlainRow[], readonly PlainRow[]]>([
    ["of the same rows", "none", [one, two], [one, two]],
    ["without rows", "none", [], []],
    ["where a value has changed", "patch", [one, two], [one, row(2, "A river")]],
    ["where every value has changed", "patch", [one, two], [row(1, "A river"), row(2, "A river")]],
    ["where a row has come at the end", "minor", [one, two], [one, two, three]],
    ["where a row has come at the beginning", "minor", [two, three], [one, two, three]],
    ["where a row has come between", "minor", [one, three], [one, two, three]],
    ["where a row has gone at the end", "minor", [one, two], [one]],
    ["where a row has gone at the beginning", "minor", [one, two], [two]],
    ["where the first row has come", "minor", [], [one]],
    ["where the last row has gone", "minor", [one], []],
    ["where a row has taken another's place", "minor", [one, two], [one, three]],
    [
      "where a value has changed and then a row has come",
      "minor",
      [one, two],
      [row(1, "A river"), two, three],
    ],
    [
      "where a row has come and then a value has changed",
      "minor",
      [two, three],
      [one, row(2, "A river"), three],
    ],
  ])("%s is %s", async (_rule, bump, before, after) => {
    expect(await between(before, after)).toBe(bump);
  });

  test("lets go of the earlier rows where it need not read them to the end", async () => {
    let isClosed = false;
    async function* earlier() {
      try {
        yield* [one, two, three];
      } finally {
        isClosed = true;
      }
    }
    expect(await rowBump(earlier(), [two, three], TABLES.papers)).toBe("minor");
    expect(isClosed).toBe(true);
  });

  test("looks at every column of a key of several", async () => {
    const at = (observed_at: string) => rowOf("repository_observations", { observed_at });
    const [early, late] = [at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z")];
    const table = TABLES.repository_observations;
    expect(await between([early], [late], table)).toBe("minor");
    expect(await between([early], [late], { ...table, key: ["repository_id"] })).toBe("patch");
  });

  test("takes keys apart where one column ends and the next begins", async () => {
    const text = TABLES.papers.columns.title;
    const table = { ...TABLES.papers, key: ["a", "b"], columns: { a: text, b: text } };
    const pair = (a: string, b: string) => ({ a, b });
    expect(await between([pair("x", "yz")], [pair("xy", "z")], table)).toBe("minor");
  });
});

const rowsNow = Object.fromEntries(TABLE_NAMES.map((name) => [name, [rowOf(name)]]));

/** A release of the tables as they are, with these schemas instead of some, and one row of each. */
async function previousRelease(schemas: Partial<Record<TableName, unknown>> = {}): Promise<Release> {
  for (const name of TABLE_NAMES)
    await writeText(
      `previous/schemas/${name}.schema.json`,
      JSON.stringify(schemas[name] ?? rowSchema(TABLES[name])),
    );
  return { ...releaseOf(rowsNow), folder: join(folder, "previous") };
}
const NOW = Object.fromEntries(Object.entries(rowsNow).map(([name, rows]) => [name, () => rows]));
const bumpTo = (previous: Release) => bumpFrom(previous, NOW);

interface Properties {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
/** The schema of papers, of which a release had another version. */
const schema = rowSchema(TABLES.papers) as Readonly<Record<string, unknown>> & Properties;
const withColumns = (properties: Readonly<Record<string, unknown>>) => ({
  ...schema,
  properties,
  required: Object.keys(properties),
});
const { title, venue, stars, ...others } = schema.properties;

describe("a change of a table's shape is major", () => {
  test.each<readonly [string, unknown]>([
    ["a column has come", withColumns({ stars, venue, ...others })],
    ["a column has gone", withColumns({ ...schema.properties, colour: { type: "string" } })],
    ["a column has another name", withColumns({ ...others, title, venue, star_count: stars })],
    ["columns are in another order", withColumns({ title, venue, stars, ...others })],
    ["a column has another type", withColumns({ ...schema.properties, mention_count: { type: "number" } })],
    [
      "a column has another pattern",
      withColumns({ ...schema.properties, paper_id: { ...others["paper_id"], pattern: "^p" } }),
    ],
    [
      "a column has another minimum",
      withColumns({ ...schema.properties, mention_count: { ...others["mention_count"], minimum: 0 } }),
    ],
    [
      "a column may not be null any more",
      withColumns({ ...schema.properties, title: { anyOf: [title, { type: "null" }] } }),
    ],
    [
      "a code is new",
      withColumns({
        ...schema.properties,
        issues: { type: "array", items: { type: "string", minLength: 1, enum: ["abstract_missing"] } },
      }),
    ],
    ["there was no such table", "no schema at all"],
  ])("where %s", async (_rule, before) => {
    expect(await bumpTo(await previousRelease({ papers: before }))).toBe("major");
  });

  test("in whichever table it is", async () => {
    for (const name of TABLE_NAMES) {
      const before = { ...rowSchema(TABLES[name]), additionalProperties: true };
      expect(await bumpTo(await previousRelease({ [name]: before })), name).toBe("major");
    }
  });

  test("where a release had no schema of the table", async () => {
    const previous = await previousRelease();
    await rm(join(previous.folder, "schemas/mentions.schema.json"));
    expect(await bumpTo(previous)).toBe("major");
  });

  test("where a column is called as an annotation is", async () => {
    const { title: _title, ...untitled } = schema.properties;
    expect(await bumpTo(await previousRelease({ papers: withColumns(untitled) }))).toBe("major");
    const retyped = withColumns({ ...schema.properties, title: { type: "integer" } });
    expect(await bumpTo(await previousRelease({ papers: retyped }))).toBe("major");
    const { properties, ...rest } = rowSchema(TABLES.repositories) as typeof schema;
    const { description: _description, ...undescribed } = properties;
    expect(await bumpTo(await previousRelease({ repositories: { ...rest, properties: undescribed } }))).toBe(
      "major",
    );
  });
});

describe("words about a table are no part of its shape", () => {
  test.each<readonly [string, unknown]>([
    [
      "a column's description",
      withColumns({ ...schema.properties, venue: { ...venue, description: "Elsewhere." } }),
    ],
    [
      "a column's examples",
      withColumns({ ...schema.properties, venue: { ...venue, examples: ["A river", "A lake"] } }),
    ],
    [
      "the description of a column that is called title",
      withColumns({ ...schema.properties, title: { ...title, description: "Its name." } }),
    ],
    ["the table's title", { ...schema, title: "Writings" }],
    ["the table's description", { ...schema, description: "One writing." }],
    ["the address of the dialect", { ...schema, $schema: "https://json-schema.org/draft/2019-09/schema" }],
  ])("%s may change", async (_rule, before) => {
    expect(JSON.stringify(before)).not.toBe(JSON.stringify(schema));
    expect(await bumpTo(await previousRelease({ papers: before }))).toBe("none");
  });
});

describe("the step from a release to new tables", () => {
  test("is none where nothing differs", async () => {
    expect(await bumpTo(await previousRelease())).toBe("none");
  });

  test.each(TABLE_NAMES.filter((name) => name !== "retired_ids"))(
    "sees that a row of %s has come",
    async (name) => {
      const { folder: earlier } = await previousRelease();
      const previous = { ...releaseOf({ ...rowsNow, [name]: [] }), folder: earlier };
      expect(await bumpTo(previous)).toBe("minor");
    },
  );

  test("is that of the table that has changed most", async () => {
    const previous = await previousRelease();
    const changed = { ...NOW, papers: () => [rowOf("papers", { venue: "A river" })] };
    expect(await bumpFrom(previous, changed)).toBe("patch");
    expect(await bumpFrom(previous, { ...changed, repositories: () => [] })).toBe("minor");
  });
});

describe("the fingerprint of retired ids", () => {
  const merged = { retired_id: idOf("p", 1), surviving_id: idOf("p", 2) };
  const fingerprint = retiredFingerprint([rowOf("retired_ids", merged)]);

  test("does not depend on the version in which they went", () => {
    expect(retiredFingerprint([rowOf("retired_ids", { ...merged, retired_in_version: "3.2.1" })])).toBe(
      fingerprint,
    );
  });

  test("changes when an id comes, goes, or has another survivor", () => {
    const others = [
      [],
      [merged, { ...merged, retired_id: idOf("p", 3) }],
      [{ ...merged, surviving_id: null }],
    ];
    for (const rows of others) expect(retiredFingerprint(rows)).not.toBe(fingerprint);
  });
});
