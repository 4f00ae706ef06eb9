import { codeHost } from "./code-host.ts";
import type { ServiceConfig } from "./endpoints.ts";
import { count, flag, moment, part, text, texts } from "./json-body.ts";
import type { RepositoryService } from "./service.ts";

/** 400 requests a minute to `GET /projects/:id` (docs.gitlab.com, "Rate limit on Projects API"); three quarters of it. */
const PACE = { service: "GitLab", requests: 300, windowMs: 60_000, spacingMs: 200 } as const;

/**
 * Projects on gitlab.com (docs.gitlab.com/api/projects, "Retrieve a project"). Without a token GitLab tells less:
 * neither archived, nor licence, nor what it was forked from, which then stay unknown.
 */
export const gitlab = (config: ServiceConfig): RepositoryService =>
  codeHost(
    {
      name: "gitlab",
      host: "gitlab.com",
      pace: PACE,
      // the whole path is one parameter, its slashes encoded
      path: ({ owner, name }) => `/projects/${encodeURIComponent(`${owner}/${name}`)}?license=true`,
      figures(body) {
        const host_id = count(body, "id");
        const full_name = text(body, "path_with_namespace");
        if (host_id === null || full_name === null) return null;
        const source = part(body, "forked_from_project");
        const isTold = "archived" in body;
        return {
          full_name,
          host_id,
          stars: count(body, "star_count"),
          forks: count(body, "forks_count"),
          is_archived: flag(body, "archived"),
          is_fork: source !== null ? true : isTold ? false : null,
          parent: text(source, "path_with_namespace"),
          created_at: moment(body, "created_at"),
          // last_activity_at counts issues and comments too: no push
          pushed_at: null,
          description: text(body, "description"),
          primary_language: null,
          license_spdx: SPDX_OF.get(text(part(body, "license"), "key") ?? "") ?? null,
          topics: texts(body, "topics") ?? texts(body, "tag_list"),
        };
      },
    },
    config,
  );

/** SPDX identifiers (spdx.org/licenses) by the keys that GitLab has from choosealicense.com; `other` is none it knows. */
const SPDX_OF = new Map([
  ["agpl-3.0", "AGPL-3.0"],
  ["apache-2.0", "Apache-2.0"],
  ["bsd-2-clause", "BSD-2-Clause"],
  ["bsd-3-clause", "BSD-3-Clause"],
  ["bsl-1.0", "BSL-1.0"],
  ["cc0-1.0", "CC0-1.0"],
  ["epl-2.0", "EPL-2.0"],
  ["gpl-2.0", "GPL-2.0"],
  ["gpl-3.0", "GPL-3.0"],
  ["lgpl-2.1", "LGPL-2.1"],
  ["lgpl-3.0", "LGPL-3.0"],
  ["mit", "MIT"],
  ["mpl-2.0", "MPL-2.0"],
  ["unlicense", "Unlicense"],
  ["other", "NOASSERTION"],
]);
