import type { JsonSchema } from "../../schemas/json-schema.ts";

/** What two releases' schemas of one table differ by. Words about a column are no part of its shape. */
export interface SchemaDifference {
  readonly columns_added: readonly string[];
  readonly columns_removed: readonly string[];
  /** Columns with another type, constraint, code or need of a value. */
  readonly columns_changed: readonly {
    readonly name: string;
    readonly before: Shape;
    readonly after: Shape;
  }[];
  /** Columns that both have stand in another order. */
  readonly is_reordered: boolean;
}

/** A column's part of a JSON Schema without annotations. */
type Shape = unknown;

const ANNOTATIONS = new Set(["$schema", "description", "examples", "title"]);

/** The part of a schema that a version speaks of: names, order, types and constraints, not annotations. */
function shapeOf(schema: unknown): Shape {
  // columns may be named like annotations; a column's value is an object, an annotation's never
  const text = JSON.stringify(schema, (name, value: unknown) =>
    ANNOTATIONS.has(name) && (typeof value === "string" || Array.isArray(value)) ? undefined : value,
  );
  return text === undefined ? undefined : (JSON.parse(text) as Shape);
}

const sameShape = (a: unknown, b: unknown) => JSON.stringify(shapeOf(a)) === JSON.stringify(shapeOf(b));

/** The columns of a row schema, in order; none where it is no schema of rows. */
export function columnsIn(schema: unknown): ReadonlyMap<string, unknown> {
  const properties = (schema as Partial<JsonSchema> | null | undefined)?.["properties"];
  return new Map(typeof properties === "object" && properties !== null ? Object.entries(properties) : []);
}

/** How the second schema differs from the first; null where both have the same shape. */
export function diffSchemas(before: unknown, after: unknown): SchemaDifference | null {
  if (sameShape(before, after)) return null;
  const [old, now] = [columnsIn(before), columnsIn(after)];
  const kept = [...now.keys()].filter((name) => old.has(name));
  const keptInOldOrder = [...old.keys()].filter((name) => now.has(name));
  return {
    columns_added: [...now.keys()].filter((name) => !old.has(name)),
    columns_removed: [...old.keys()].filter((name) => !now.has(name)),
    columns_changed: kept.flatMap((name) =>
      sameShape(old.get(name), now.get(name))
        ? []
        : [{ name, before: shapeOf(old.get(name)), after: shapeOf(now.get(name)) }],
    ),
    is_reordered: kept.join() !== keptInOldOrder.join(),
  };
}
