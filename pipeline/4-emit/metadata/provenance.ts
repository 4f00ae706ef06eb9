import packageJson from "../../../package.json" with { type: "json" };
import { SOURCE_FORMATS } from "../../../schemas/vocabularies.ts";
import { DATASET, type ReleaseFacts } from "./facts.ts";
import { licensedSources } from "./licence.ts";

/** The name of a content by its digest, as RFC 6920 (https://www.rfc-editor.org/rfc/rfc6920) writes it. */
export const digestUri = (sha256: string): string =>
  `ni:///sha-256;${Buffer.from(sha256, "hex").toString("base64url")}`;

/** Where a release comes from, in terms of PROV-O (https://www.w3.org/TR/prov-o/): every capture, and what read them. */
export function provenance(facts: ReleaseFacts): object {
  const captures = facts.inputs.map(({ file, sha256, format, mentions }) => ({
    "@type": "prov:Entity",
    "@id": digestUri(sha256),
    "prov:label": file,
    description: `${SOURCE_FORMATS[format]} Mentions taken from it: ${mentions}.`,
  }));
  const sources = licensedSources(facts).map(({ url, name, licence }) => ({
    "@type": "prov:Entity",
    "@id": url,
    "prov:label": name,
    license: licence.url,
  }));
  return {
    "prov:wasDerivedFrom": [...captures, ...sources],
    "prov:wasGeneratedBy": {
      "@type": "prov:Activity",
      "prov:label": `Making of ${DATASET.name} ${facts.version}`,
      "prov:endedAtTime": facts.created,
      "prov:wasAssociatedWith": {
        "@type": "prov:SoftwareAgent",
        "prov:label": `${packageJson.name} ${packageJson.version}`,
      },
    },
  };
}
