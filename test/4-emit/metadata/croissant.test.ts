import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { croissant } from "../../../pipeline/4-emit/metadata/croissant.ts";
import { digestUri } from "../../../pipeline/4-emit/metadata/provenance.ts";
import { sha256, sha256OfFile } from "../../../pipeline/core/digest.ts";
import type { Release } from "../../../pipeline/core/release.ts";
import { TABLE_NAMES, type Table } from "../../../schemas/index.ts";
import { EACH_TABLE } from "../../support/rows.ts";
import { sharedReleases } from "../../support/shared-release.ts";
import { FORMAT_NAMES } from "../read-back.ts";
import { factsOf } from "./facts-of.ts";

interface Ref {
  readonly "@id": string;
}
interface Resource extends Ref {
  readonly "@type": string;
  readonly contentUrl: string;
  readonly contentSize: string;
  readonly encodingFormat: readonly string[];
  readonly sha256: string;
  readonly sameAs?: readonly string[];
  readonly includes?: readonly string[];
}
interface Field extends Ref {
  readonly description: string;
  readonly dataType: string;
  readonly isArray?: boolean;
  readonly source: {
    readonly fileObject?: Ref;
    readonly fileSet?: Ref;
    readonly extract: { readonly column: string };
  };
  readonly references?: { readonly field: Ref };
}
interface RecordSet extends Ref {
  readonly key: readonly Ref[];
  readonly field: readonly Field[];
}
interface Croissant {
  readonly distribution: readonly Resource[];
  readonly recordSet: readonly RecordSet[];
  readonly "prov:wasDerivedFrom": readonly (Ref & { readonly "prov:label": string })[];
  readonly license: readonly unknown[];
  readonly [name: string]: unknown;
}

let release: Release;
let described: Croissant;
beforeAll(async () => {
  release = (await sharedReleases()).second;
  described = JSON.parse(await readFile(join(release.folder, "croissant.json"), "utf8")) as Croissant;
});

const recordSetOf = (name: string) => described.recordSet.find((set) => set["@id"] === name);
/** Every `@id` that a node defines, with its type beside it. */
function definedIds(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "@id" in value && Object.keys(value).length > 1 ? [String(value["@id"])] : [];
  return [...own, ...Object.values(value).flatMap(definedIds)];
}

describe("croissant.json", () => {
  /** The required properties of Croissant 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html). */
  test("has every property that Croissant 1.1 requires, which its validator does not all ask for", () => {
    expect(described).toMatchObject({
      "@context": expect.any(Object),
      "@type": "sc:Dataset",
      conformsTo: expect.arrayContaining(["http://mlcommons.org/croissant/1.1"]),
      name: "paperset",
      description: expect.any(String),
      license: expect.arrayContaining(["https://creativecommons.org/publicdomain/zero/1.0/"]),
      url: expect.stringMatching(/^https:/),
      creator: [{ "@type": "sc:Organization", name: "Paperset" }],
      datePublished: "2026-11-21T09:00:00Z",
    });
  });

  test("has every property that Croissant 1.1 recommends", () => {
    expect(described).toMatchObject({
      keywords: expect.any(Array),
      publisher: expect.any(Object),
      version: "1.1.0",
      dateModified: "2026-11-21T09:00:00Z",
      sdLicense: expect.any(String),
      inLanguage: "en",
      citeAs: expect.stringContaining("@misc{"),
    });
    expect(described["isLiveDataset"]).toBe(false);
  });

  test("defines every id once", () => {
    const { "prov:wasDerivedFrom": _, ...rest } = described;
    const ids = definedIds(rest);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("uses no term that its context does not define and schema.org does not have", () => {
    const context = described["@context"] as Record<string, unknown>;
    for (const term of ["recordSet", "field", "source", "extract", "column", "references", "key", "isArray"])
      expect(context[term], term).toBe(`cr:${term}`);
    for (const prefix of ["sc", "cr", "rai", "dct", "prov"]) expect(context[prefix]).toMatch(/^https?:/);
  });
});

describe("the distribution", () => {
  test("holds every data file of the release with the size and digest that it has on disk", async () => {
    const paths = TABLE_NAMES.flatMap((table) =>
      FORMAT_NAMES.map((format) => `${format}/${table}.${format}`),
    );
    expect(described.distribution.map(({ contentUrl }) => contentUrl).sort()).toEqual(paths.sort());
    for (const file of described.distribution) {
      const path = join(release.folder, file.contentUrl);
      const onDisk = [`${(await stat(path)).size} B`, await sha256OfFile(path)];
      expect([file.contentSize, file.sha256]).toEqual(onDisk);
    }
  });

  test("says of each file which others hold the same rows", () => {
    const csv = described.distribution.find((file) => file["@id"] === "csv/papers.csv");
    expect(csv?.sameAs).toEqual(["jsonl/papers.jsonl", "parquet/papers.parquet"]);
  });

  test("gathers the shards of a table into a set from which its records are read", () => {
    const files = [2, 1].map((number) => ({
      path: `parquet/papers-0000${number}.parquet`,
      bytes: number,
      sha256: String(number).repeat(64),
      table: "papers" as const,
      rows: number,
    }));
    const sharded = croissant(factsOf(release.manifest, { files })) as unknown as Croissant;
    const set = sharded.distribution.find((node) => node["@type"] === "cr:FileSet");
    expect(set?.includes).toEqual(["parquet/papers-00001.parquet", "parquet/papers-00002.parquet"]);
    expect(sharded.distribution.filter((node) => node["@type"] === "cr:FileObject")).toHaveLength(2);
    for (const field of sharded.recordSet[0]?.field ?? [])
      expect(field.source.fileSet).toEqual({ "@id": set?.["@id"] });
  });
});

describe.each(EACH_TABLE)("the record set of %s", (name, table: Table) => {
  test("has every column as a field with its meaning, read from the Parquet file", () => {
    expect(recordSetOf(name)?.field.map((field) => field["@id"])).toEqual(
      Object.keys(table.columns).map((column) => `${name}/${column}`),
    );
    for (const field of recordSetOf(name)?.field ?? []) {
      const column = field.source.extract.column;
      expect(field.description).toContain(table.columns[column]?.description);
      expect(field.source.fileObject).toEqual({ "@id": `parquet/${name}.parquet` });
    }
  });

  test("has every field's type; lists are arrays", () => {
    const types = {
      string: "sc:Text",
      "string[]": "sc:Text",
      integer: "sc:Integer",
      number: "sc:Float",
      boolean: "sc:Boolean",
      date: "sc:Date",
      datetime: "sc:DateTime",
    };
    for (const [i, column] of Object.values(table.columns).entries()) {
      const field = recordSetOf(name)?.field[i];
      expect([field?.dataType, field?.isArray === true]).toEqual([
        types[column.type],
        column.type === "string[]",
      ]);
    }
  });

  test("has the table's key, and a reference wherever the schema has one", () => {
    expect(recordSetOf(name)?.key.map((ref) => ref["@id"])).toEqual(
      table.key.map((column) => `${name}/${column}`),
    );
    const found = recordSetOf(name)?.field.flatMap((field) =>
      field.references === undefined ? [] : [[field["@id"], field.references.field["@id"]]],
    );
    const expected = table.foreignKeys.map((key) => [
      `${name}/${key.column}`,
      `${key.table}/${key.references}`,
    ]);
    expect(found?.sort()).toEqual(expected.sort());
  });
});

describe("the provenance", () => {
  test("names every capture by its path and its digest, as RFC 6920 writes it", () => {
    expect(digestUri(sha256("Hello World!"))).toBe(
      "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk", // the example of RFC 6920, section 8.1
    );
    expect(described["prov:wasDerivedFrom"].map((node) => [node["@id"], node["prov:label"]])).toEqual(
      release.manifest.inputs.map(({ sha256: digest, file }) => [digestUri(digest), file]),
    );
  });

  test("names a licensed source just where it was read", () => {
    const from = croissant(factsOf(release.manifest, { formats: ["pwc_links"] })) as unknown as Croissant;
    expect(from["prov:wasDerivedFrom"].at(-1)?.["prov:label"]).toBe("Papers with Code's data");
    expect(from.license).toContain("https://creativecommons.org/licenses/by-sa/4.0/");
  });

  test("says what made the release, and when", () => {
    expect(described["prov:wasGeneratedBy"]).toMatchObject({
      "prov:endedAtTime": "2026-11-21T09:00:00Z",
      "prov:wasAssociatedWith": { "prov:label": expect.stringMatching(/^paperset \d/) },
    });
  });
});

test("a file that holds no table is no part of the distribution", () => {
  const files = [{ path: "README.md", bytes: 1, sha256: "0".repeat(64) }];
  expect(croissant(factsOf(release.manifest, { files }))).toMatchObject({ distribution: [], recordSet: [] });
});
