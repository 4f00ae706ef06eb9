import { type Column, type ColumnType, TABLES, type Table } from "../../../schemas/index.ts";
import { describe } from "../../../schemas/json-schema.ts";
import { CC0 } from "../../../schemas/licences.ts";
import type { FileEntry } from "../../core/manifest.ts";
import type { Format } from "../format.ts";
import { HOW_MADE, HOW_TO_READ, LIMITS, PEOPLE } from "./about.ts";
import { creatorOf } from "./attribution.ts";
import { bibtex } from "./citation.ts";
import { CONTEXT } from "./croissant-context.ts";
import { aboutWords, DATASET, type ReleaseFacts } from "./facts.ts";
import { isAllCC0, LICENCE_PAGE, licenceNote, licences } from "./licence.ts";
import { provenance } from "./provenance.ts";
import { type TableFiles, tableFiles } from "./table-files.ts";

/** Atomic types of Croissant, from schema.org. */
const DATA_TYPES = {
  string: "sc:Text",
  integer: "sc:Integer",
  number: "sc:Float",
  boolean: "sc:Boolean",
  date: "sc:Date",
  datetime: "sc:DateTime",
  "string[]": "sc:Text",
} as const satisfies Record<ColumnType, string>;

/** Media types as registered and as mlcroissant, the reference reader, knows them. */
const ENCODINGS: Readonly<Record<Format["name"], readonly string[]>> = {
  csv: ["text/csv"],
  jsonl: ["application/jsonl", "application/jsonlines"],
  parquet: ["application/vnd.apache.parquet", "application/x-parquet"],
};

function fileObject({ path, bytes, sha256 }: FileEntry, format: Format, sameRows: readonly string[]): object {
  return {
    "@type": "cr:FileObject",
    "@id": path,
    name: path,
    contentUrl: path,
    contentSize: `${bytes} B`,
    encodingFormat: ENCODINGS[format.name],
    sha256,
    ...(sameRows.length === 0 ? {} : { sameAs: sameRows }),
  };
}

/** A set of shards, under which a record set reads them all. */
function fileSet({ table, format, files }: TableFiles): object {
  return {
    "@type": "cr:FileSet",
    "@id": setId(table, format),
    name: setId(table, format),
    description: `The files of ${table} in ${format.name}, in order.`,
    encodingFormat: ENCODINGS[format.name],
    includes: files.map(({ path }) => path),
  };
}

const setId = (table: string, format: Format) => `${format.name}-files-of-${table}`;

/** Every data file; a file that alone holds its table names the other formats' files with the same rows. */
function distribution(all: readonly TableFiles[]): object[] {
  return all.flatMap((own) => {
    const same =
      own.files.length > 1 ? [] : all.filter((other) => other !== own && other.table === own.table);
    const sameRows = same.every(({ files }) => files.length === 1)
      ? same.flatMap(({ files }) => files.map(({ path }) => path))
      : [];
    const objects = own.files.map((file) => fileObject(file, own.format, sameRows));
    return own.files.length > 1 ? [...objects, fileSet(own)] : objects;
  });
}

/** A column; its reference is written as mlcroissant reads it, `field` within, where the specification is of two minds. */
function field(table: Table, name: string, column: Column, source: object): object {
  const reference = table.foreignKeys.find((key) => key.column === name);
  return {
    "@type": "cr:Field",
    "@id": `${table.name}/${name}`,
    name,
    description: describe(column),
    dataType: DATA_TYPES[column.type],
    ...(column.type === "string[]" ? { isArray: true, arrayShape: "-1" } : {}),
    source: { ...source, extract: { column: name } },
    ...(reference === undefined
      ? {}
      : { references: { field: { "@id": `${reference.table}/${reference.references}` } } }),
  };
}

/** A table's rows, read from its Parquet files, which alone have types. */
function recordSet({ table: tableName, format, files }: TableFiles): object {
  const table: Table = TABLES[tableName];
  const [only] = files;
  const source =
    files.length === 1 && only !== undefined
      ? { fileObject: { "@id": only.path } }
      : { fileSet: { "@id": setId(tableName, format) } };
  return {
    "@type": "cr:RecordSet",
    "@id": tableName,
    name: tableName,
    description: table.row,
    key: table.key.map((name) => ({ "@id": `${tableName}/${name}` })),
    field: Object.entries(table.columns).map(([name, column]) => field(table, name, column, source)),
  };
}

function agent(written: string): object {
  const creator = creatorOf(written);
  return creator.kind === "organisation"
    ? { "@type": "sc:Organization", name: creator.name }
    : {
        "@type": "sc:Person",
        name: `${creator.given} ${creator.family}`,
        familyName: creator.family,
        givenName: creator.given,
      };
}

/** `croissant.json`, Croissant 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html). */
export function croissant(facts: ReleaseFacts): object {
  const all = tableFiles(facts.files);
  const { title, creators, homepage } = facts.attribution;
  const agents = creators.map(agent);
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
    name: DATASET.name,
    alternateName: title,
    description: `${aboutWords(facts)} ${licenceNote(facts)}`,
    license: [
      ...licences(facts).map(({ url }) => url),
      ...(isAllCC0(facts)
        ? []
        : [{ "@type": "sc:CreativeWork", name: "Licence by layer", url: LICENCE_PAGE }]),
    ],
    url: homepage,
    creator: agents,
    publisher: agents,
    datePublished: facts.created,
    dateModified: facts.created,
    version: facts.version,
    sdVersion: facts.schemaVersion,
    sdLicense: CC0.url,
    keywords: DATASET.keywords,
    inLanguage: "en",
    isLiveDataset: false,
    citeAs: bibtex(facts),
    "rai:dataCollection": HOW_MADE,
    "rai:dataCollectionType": ["Web Scraping", "Web API", "Existing Datasets"],
    "rai:dataCollectionMissingData": HOW_TO_READ[0],
    ...(facts.window === null
      ? {}
      : { "rai:dataCollectionTimeframe": [facts.window.first, facts.window.last] }),
    "rai:dataLimitations": LIMITS,
    "rai:dataBiases": LIMITS[0],
    "rai:personalSensitiveInformation": PEOPLE,
    "rai:dataReleaseMaintenancePlan":
      "A version never changes; what is corrected or added comes as a later one, whose number says how far it differs.",
    ...provenance(facts),
    distribution: distribution(all),
    recordSet: all.filter(({ format }) => format.name === "parquet").map(recordSet),
  };
}
