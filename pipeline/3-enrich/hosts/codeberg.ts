import { codeHost } from "./code-host.ts";
import type { ServiceConfig } from "./endpoints.ts";
import { count, flag, moment, part, text, texts } from "./json-body.ts";
import type { RepositoryService } from "./service.ts";

/** Codeberg documents no number; a request a second is no load. */
const PACE = { service: "Codeberg", requests: 60, windowMs: 60_000, spacingMs: 1_000 } as const;

/** Repositories on codeberg.org, a Forgejo (codeberg.org/api/swagger, `repoGet`). A renamed one redirects within the API. */
export const codeberg = (config: ServiceConfig): RepositoryService =>
  codeHost(
    {
      name: "codeberg",
      host: "codeberg.org",
      pace: PACE,
      path: ({ owner, name }) => `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`,
      figures(body) {
        const host_id = count(body, "id");
        const full_name = text(body, "full_name");
        if (host_id === null || full_name === null) return null;
        return {
          full_name,
          host_id,
          stars: count(body, "stars_count"),
          forks: count(body, "forks_count"),
          is_archived: flag(body, "archived"),
          is_fork: flag(body, "fork"),
          parent: text(part(body, "parent"), "full_name"),
          created_at: moment(body, "created_at"),
          // updated_at is of the entry, not of a push
          pushed_at: null,
          description: text(body, "description"),
          primary_language: text(body, "language"),
          license_spdx: null,
          topics: texts(body, "topics"),
        };
      },
    },
    config,
  );
