import {
  forks,
  full_name,
  host_id,
  is_archived,
  license_spdx,
  pushed_at,
  repository_id,
  repository_status,
  stars,
} from "./shared.ts";
import { defineTable, type Row } from "./table.ts";
import { OBSERVATION_SOURCES } from "./vocabularies.ts";

const noFigures = "The check brought no figures.";

export const repositoryObservations = defineTable({
  name: "repository_observations",
  title: "Observations of repositories",
  row: "One dated check of one repository, or a figure of its past, kept from release to release.",
  key: ["repository_id", "observed_at"],
  foreignKeys: [{ column: "repository_id", table: "repositories", references: "repository_id" }],
  columns: {
    repository_id,
    observed_at: {
      type: "datetime",
      required: true,
      description:
        "When the host answered, or when asking was given up; of a figure from the star history, the time that it is of.",
      example: "2026-11-21T09:00:00Z",
    },
    status: { ...repository_status, description: "What this check found; see the vocabulary." },
    http_status: {
      type: "integer",
      required: false,
      nullMeans: "No HTTP answer arrived.",
      minimum: 100,
      maximum: 599,
      description: "Status of the HTTP answer that decided.",
      example: 200,
    },
    full_name: { ...full_name, nullMeans: noFigures },
    host_id: { ...host_id, nullMeans: noFigures },
    stars: { ...stars, nullMeans: noFigures },
    forks: { ...forks, nullMeans: noFigures },
    is_archived: { ...is_archived, nullMeans: noFigures },
    pushed_at: { ...pushed_at, nullMeans: "The check brought no figures, or nothing was ever pushed." },
    license_spdx: {
      ...license_spdx,
      nullMeans: "The check brought no figures, or the host found no licence file.",
    },
    source: {
      type: "string",
      required: true,
      vocabulary: OBSERVATION_SOURCES,
      description: "Who answered.",
      example: "github_graphql",
    },
  },
});
export type RepositoryObservationRow = Row<typeof repositoryObservations>;
