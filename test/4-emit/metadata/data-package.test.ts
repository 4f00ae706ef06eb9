import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { dataPackage } from "../../../pipeline/4-emit/metadata/data-package.ts";
import { sha256OfFile } from "../../../pipeline/core/digest.ts";
import type { Release } from "../../../pipeline/core/release.ts";
import { type Column, TABLE_NAMES, TABLES, type Table } from "../../../schemas/index.ts";
import { describe as meaning } from "../../../schemas/json-schema.ts";
import type { SourceFormat } from "../../../schemas/vocabularies.ts";
import { EACH_TABLE } from "../../support/rows.ts";
import { sharedReleases } from "../../support/shared-release.ts";
import { FORMAT_NAMES } from "../read-back.ts";
import { factsOf } from "./facts-of.ts";

interface Field {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly example: unknown;
  readonly constraints?: Readonly<Record<string, unknown>>;
}
interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly format: string;
  readonly type?: string;
  readonly encoding?: string;
  readonly schema?: {
    readonly fields: readonly Field[];
    readonly primaryKey: readonly string[];
    readonly missingValues: readonly string[];
    readonly foreignKeys?: readonly {
      readonly fields: readonly string[];
      readonly reference: { readonly resource: string; readonly fields: readonly string[] };
    }[];
  };
}
interface Package {
  readonly version: string;
  readonly created: string;
  readonly id: string;
  readonly keywords: readonly string[];
  readonly contributors: readonly { readonly title: string; readonly roles: readonly string[] }[];
  readonly licenses: readonly { readonly name?: string; readonly path?: string }[];
  readonly sources: readonly { readonly title: string; readonly path?: string }[];
  readonly resources: readonly Resource[];
}

let release: Release;
let described: Package;
beforeAll(async () => {
  release = (await sharedReleases()).second;
  described = JSON.parse(await readFile(join(release.folder, "datapackage.json"), "utf8")) as Package;
});

/** The tabular resource of a table. */
const csvOf = (name: string) => described.resources.find((resource) => resource.name === name);

describe("datapackage.json", () => {
  test("describes every data file of the release once, and nothing else", () => {
    const paths = TABLE_NAMES.flatMap((table) =>
      FORMAT_NAMES.map((format) => `${format}/${table}.${format}`),
    );
    expect(described.resources.map(({ path }) => path).sort()).toEqual(paths.sort());
  });

  test("gives every file the size and digest that it has on disk", async () => {
    for (const { path, bytes, hash } of described.resources) {
      const file = join(release.folder, path);
      expect([bytes, hash], path).toEqual([(await stat(file)).size, `sha256:${await sha256OfFile(file)}`]);
    }
  });

  test("gives resources different names that are fit for an address", () => {
    const names = described.resources.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9._-]+$/);
  });

  test("states the release's version and time", () => {
    const { version, created, id } = described;
    expect({ version, created, id }).toEqual({
      version: "1.1.0",
      created: "2026-11-21T09:00:00Z",
      id: "paperset-1.1.0",
    });
  });

  test("says which format each file has", () => {
    for (const { path, format } of described.resources) expect(path.endsWith(`.${format}`), path).toBe(true);
  });

  test("leaves out files that hold no table", () => {
    const files = [{ path: "README.md", bytes: 1, sha256: "0".repeat(64) }];
    expect(dataPackage(factsOf(release.manifest, { files }))).toMatchObject({ resources: [] });
  });
});

describe.each(EACH_TABLE)("the schema of %s in datapackage.json", (name, table: Table) => {
  const columns: [string, Column][] = Object.entries(table.columns);

  test("has every column of the CSV file, in its order", async () => {
    const [header] = (await readFile(join(release.folder, `csv/${name}.csv`), "utf8")).split("\n");
    expect(
      csvOf(name)
        ?.schema?.fields.map((field) => field.name)
        .join(","),
    ).toBe(header);
  });

  test("says of every column what it means, with an example", () => {
    for (const [i, [, column]] of columns.entries())
      expect(csvOf(name)?.schema?.fields[i]).toMatchObject({
        description: meaning(column),
        example: column.example,
      });
  });

  test("has every column's type; lists are arrays", () => {
    const types = columns.map(([, { type }]) => (type === "string[]" ? "array" : type));
    expect(csvOf(name)?.schema?.fields.map(({ type }) => type)).toEqual(types);
  });

  test("states every constraint, and none that is not there", () => {
    for (const [
      i,
      [column, { required, pattern, minimum, maximum, vocabulary, type }],
    ] of columns.entries()) {
      const codes = vocabulary === undefined || type === "string[]" ? undefined : Object.keys(vocabulary);
      const stated = { required: required || undefined, pattern, minimum, maximum, enum: codes };
      expect(csvOf(name)?.schema?.fields[i]?.constraints ?? {}, column).toEqual(
        JSON.parse(JSON.stringify(stated)),
      );
    }
  });

  test("has the table's key, and null as the empty cell", () => {
    expect(csvOf(name)?.schema).toMatchObject({ primaryKey: table.key, missingValues: [""] });
    expect(csvOf(name)).toMatchObject({ type: "table", encoding: "utf-8" });
  });

  test("has every reference, each to a column that is there", () => {
    const references = csvOf(name)?.schema?.foreignKeys ?? [];
    expect(references).toEqual(
      table.foreignKeys.map((key) => ({
        fields: [key.column],
        reference: { resource: key.table, fields: [key.references] },
      })),
    );
    for (const { reference } of references)
      expect(csvOf(reference.resource)?.schema?.fields.map((field) => field.name)).toContain(
        reference.fields[0],
      );
  });
});

describe("the descriptor", () => {
  /** What the standard requires or asks for (https://datapackage.org/standard/data-package/). */
  test("has every property that Data Package v2 asks for, of a form that it allows", () => {
    expect(described).toMatchObject({
      $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
      name: expect.stringMatching(/^[a-z0-9._-]+$/),
      title: expect.any(String),
      description: expect.any(String),
      homepage: expect.stringMatching(/^https:/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const { keywords, contributors, licenses, sources } = described;
    for (const list of [keywords, contributors, licenses, sources]) expect(list.length).toBeGreaterThan(0);
    for (const { title, roles } of contributors)
      expect([typeof title, roles.length > 0]).toEqual(["string", true]);
    for (const { name, path } of licenses) expect(name ?? path).toMatch(/^[-a-zA-Z0-9._]+$/);
    for (const { title } of sources) expect(title).not.toBe("");
  });

  test("names the licence of a share-alike source just where it was used, and where it came from", () => {
    const of = (formats: readonly SourceFormat[]) =>
      dataPackage(factsOf(release.manifest, { formats })) as unknown as Package;
    expect(of(["pwc_links"]).licenses.map(({ name }) => name)).toEqual([
      "CC0-1.0",
      "CC-BY-SA-4.0",
      undefined,
    ]);
    expect(of(["pwc_links"]).sources[0]?.path).toContain("paperswithcode");
    expect(of(["text_bare_lines"]).licenses.map(({ name }) => name)).toEqual(["CC0-1.0", undefined]);
  });

  test("gives a table in several files one resource with every path in order, each with its own size and digest", () => {
    const shard = (number: number) => ({
      path: `csv/papers-0000${number}.csv.gz`,
      bytes: number,
      sha256: String(number).repeat(64),
      table: "papers" as const,
      rows: number,
    });
    const package_ = dataPackage(factsOf(release.manifest, { files: [shard(2), shard(1)] })) as {
      resources: readonly object[];
    };
    expect(package_.resources).toMatchObject([
      {
        name: "papers",
        type: "table",
        path: ["csv/papers-00001.csv.gz", "csv/papers-00002.csv.gz"],
        files: [1, 2].map((number) => ({
          path: `csv/papers-0000${number}.csv.gz`,
          bytes: number,
          hash: `sha256:${String(number).repeat(64)}`,
        })),
      },
    ]);
    expect(package_.resources[0]).not.toHaveProperty("hash");
  });
});

test("a table is one tabular resource; its other formats point to their files only", () => {
  const tabular = described.resources.filter(({ schema }) => schema !== undefined).map(({ name }) => name);
  expect(tabular.sort()).toEqual(Object.keys(TABLES).sort());
});
