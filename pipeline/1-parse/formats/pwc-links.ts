import { isPwcLink, pwcLinkRecord } from "../records/papers-with-code.ts";
import { jsonLayout } from "./record-layout.ts";

/** Papers with Code: links between papers and code. */
export const pwcLinks = jsonLayout({ name: "pwc_links", isOne: isPwcLink, toRecord: pwcLinkRecord });
