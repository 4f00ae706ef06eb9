import { isPwcPaper, pwcPaperRecord } from "../records/papers-with-code.ts";
import { jsonLayout } from "./record-layout.ts";

/** Papers with Code: papers with abstracts. */
export const pwcPapers = jsonLayout({ name: "pwc_papers", isOne: isPwcPaper, toRecord: pwcPaperRecord });
