import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Table } from "../../schemas/index.ts";
import { rowSchema } from "../../schemas/json-schema.ts";
import { PapersetError } from "../core/errors.ts";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
// Ajv goes through a text to count its characters, which for abstracts takes as long as all other checks together; the
// one length that schemas ask for is 1, which UTF-16 units tell as well
ajv.removeKeyword("minLength");
ajv.addKeyword({
  keyword: "minLength",
  type: "string",
  schemaType: "number",
  validate: (least: number, text: string) => text.length >= least,
});
formats.default(ajv);

/** A check of a table's rows against its schema. A row that fails is a defect of Paperset and stops the run. */
export function rowCheck(table: Table): (row: unknown) => void {
  const isValid = ajv.compile(rowSchema(table));
  return (row) => {
    if (isValid(row)) return;
    const found = ajv.errorsText(isValid.errors, { dataVar: table.name });
    throw new PapersetError("DEFECT", `A row of ${table.name} breaks its schema: ${found}.`, { row });
  };
}
