import { TABLES, type Table } from "../../../schemas/index.ts";
import { rowSchema } from "../../../schemas/json-schema.ts";
import { schemaPath } from "../../core/table-files.ts";
import { citation } from "./citation.ts";
import { croissant } from "./croissant.ts";
import { dataPackage } from "./data-package.ts";
import { datasetCard } from "./dataset-card.ts";
import { DICTIONARY_PAGE, dictionaryPage } from "./dictionary.ts";
import type { ReleaseFacts } from "./facts.ts";
import { LICENCE_PAGE, licencePage } from "./licence.ts";
import { DEPOSIT_FILE, zenodo } from "./zenodo.ts";

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The metadata of a release by path: what is made from its facts and the schemas alone. */
export const METADATA_FILES: Readonly<Record<string, (facts: ReleaseFacts) => string>> = {
  "README.md": datasetCard,
  [LICENCE_PAGE]: licencePage,
  [DICTIONARY_PAGE]: (facts) => dictionaryPage(`Of ${facts.attribution.title}, version ${facts.version}.`),
  "CITATION.cff": citation,
  "datapackage.json": (facts) => json(dataPackage(facts)),
  "croissant.json": (facts) => json(croissant(facts)),
  [DEPOSIT_FILE]: (facts) => json(zenodo(facts)),
  ...Object.fromEntries(
    Object.values<Table>(TABLES).map((table) => [schemaPath(table.name), () => json(rowSchema(table))]),
  ),
};
