import { cslRecord, isCslItem } from "../records/csl-json.ts";
import { jsonLayout } from "./record-layout.ts";

/** A bibliography in CSL-JSON, as reference managers export it. */
export const cslJson = jsonLayout({ name: "csl_json", isOne: isCslItem, toRecord: cslRecord });
