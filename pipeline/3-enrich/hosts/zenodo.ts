import type { LinkService } from "../links/link.ts";
import type { ServiceConfig } from "./endpoints.ts";
import { count, jsonBody, part, text } from "./json-body.ts";
import { alive, linkService, noVerdict, pathAt, usualVerdict } from "./link-service.ts";

/** A guest's requests a minute (developers.zenodo.org, "Rate limiting"); 2,000 an hour, which this keeps below with its spacing. */
const PACE = { service: "Zenodo", requests: 60, windowMs: 60_000, spacingMs: 1_800 } as const;

/** The number of a record in an address of Zenodo, or in one of its DOIs. */
function recordIn(url: string): string | null {
  const [first = "", second = ""] = pathAt(url, ["zenodo.org"]) ?? [];
  if (/^records?$/u.test(first)) return /^\d{1,12}$/u.test(second) ? second : null;
  const doi = pathAt(url, ["doi.org", "dx.doi.org"]) ?? (first === "doi" ? [second] : null);
  return /^10\.5281\/zenodo\.(\d{1,12})$/iu.exec(doi?.join("/") ?? "")?.[1] ?? null;
}

/**
 * Records on Zenodo, by their addresses and DOIs (developers.zenodo.org, "Records"). The number of all versions leads to
 * the newest within the API. A deleted record answers 410 with a tombstone.
 */
export const zenodo = (config: ServiceConfig): LinkService =>
  linkService(
    {
      name: "zenodo",
      pace: PACE,
      target: ({ url }) => recordIn(url),
      async ask(record, asker) {
        const asked = await asker.get(`${config.apiUrl}/records/${record}`);
        if (asked.problem !== null || asked.answer.status !== 200) return usualVerdict(asked);
        const body = jsonBody(asked.answer);
        const metadata = part(body, "metadata");
        if (metadata === null) return noVerdict(200, "HTTP 200 without a record");
        const access = text(metadata, "access_right");
        return alive(200, {
          moved_to: null,
          title: text(metadata, "title"),
          likes: null,
          downloads: count(part(body, "stats"), "downloads"),
          is_gated: access === null ? null : access !== "open",
        });
      },
    },
    config,
  );
