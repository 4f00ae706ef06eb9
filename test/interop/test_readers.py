"""Every release opens in the usual readers with the types, nulls, lists and rows that it promises."""

import os
import tempfile
import unittest

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}

import datasets
import duckdb
import pandas
import polars
import pyarrow
import pyarrow.csv
import pyarrow.parquet

from release import plain_rows, releases

ARROW = {
    "string": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "datetime": pyarrow.timestamp("ms", tz="UTC"),
    "array": pyarrow.list_(pyarrow.field("element", pyarrow.string(), nullable=False)),
}
POLARS = {
    "string": polars.String(),
    "integer": polars.Int64(),
    "number": polars.Float64(),
    "boolean": polars.Boolean(),
    "date": polars.Date(),
    "datetime": polars.Datetime("ms", "UTC"),
    "array": polars.List(polars.String()),
}
DUCKDB = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
    "array": "VARCHAR[]",
}
MAX_LINE = 1 << 24


class Readers(unittest.TestCase):
    maxDiff = 2000

    def each_table(self, form):
        """Every table of every release, with its files in one format."""
        for release in releases():
            for table in release.tables:
                yield release, table, release.types(table), release.paths(table, form)

    def same(self, release, table, records):
        """What was read is what the release's JSONL holds, row by row, and as many rows as its manifest says."""
        where = f"{table} of {release}"
        self.assertEqual(len(records), release.counts[table], where)
        self.assertEqual(plain_rows(records, release.types(table)), release.rows(table), where)

    def test_the_releases_hold_rows_in_every_table_and_nulls_lists_and_zeros_among_them(self):
        self.assertGreater(len(releases()), 2)
        full = next(release for release in releases() if str(release) == "full")
        cells = [cell for table in full.tables for row in full.rows(table) for cell in row.values()]
        self.assertTrue(all(full.counts.values()))
        for value in (None, [], 0, True, False):
            self.assertTrue(any(cell == value and type(cell) is type(value) for cell in cells), value)

    def test_pyarrow_reads_parquet_with_the_types_of_the_schema(self):
        for release, table, types, paths in self.each_table("parquet"):
            for path in paths:
                schema = pyarrow.parquet.read_schema(path)
                self.assertEqual({field.name: field.type for field in schema}, {n: ARROW[k] for n, k in types.items()})
                self.assertEqual({field.name for field in schema if not field.nullable}, release.required(table))
                for field in schema:
                    self.assertTrue(field.metadata[b"description"], field.name)
            self.same(release, table, pyarrow.parquet.read_table(paths).to_pylist())

    def test_pyarrow_reads_csv_with_the_types_of_the_schema(self):
        for release, table, types, paths in self.each_table("csv"):
            columns = {name: pyarrow.string() if kind == "array" else ARROW[kind] for name, kind in types.items()}
            options = pyarrow.csv.ConvertOptions(
                column_types=columns, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
            )
            reading = pyarrow.csv.ReadOptions(block_size=MAX_LINE)
            read = [pyarrow.csv.read_csv(path, read_options=reading, convert_options=options) for path in paths]
            self.same(release, table, pyarrow.concat_tables(read).to_pylist())

    def test_pandas_reads_parquet(self):
        for release, table, types, paths in self.each_table("parquet"):
            frame = pandas.concat([pandas.read_parquet(path) for path in paths])
            self.assertEqual(list(frame.columns), list(types))
            self.same(release, table, frame.to_dict("records"))

    def test_pandas_reads_csv_where_only_the_empty_cell_is_null(self):
        kinds = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean", "array": "string"}
        for release, table, types, paths in self.each_table("csv"):
            dtypes = {name: kinds[kind] for name, kind in types.items() if kind in kinds}
            dates = [name for name, kind in types.items() if kind in ("date", "datetime")]
            options = {"dtype": dtypes, "parse_dates": dates, "keep_default_na": False, "na_values": [""]}
            frame = pandas.concat([pandas.read_csv(path, **options) for path in paths])
            records = frame.astype(object).where(frame.notna(), None).to_dict("records")
            self.same(release, table, records)

    def test_pandas_reads_jsonl(self):
        for release, table, types, paths in self.each_table("jsonl"):
            frames = [pandas.read_json(path, lines=True, dtype=False) for path in paths]
            frame = pandas.concat(frames)
            if len(frame) == 0:
                continue  # no line, so no column: there is nothing that a reader of JSONL could see
            for name, kind in types.items():
                if kind in ("date", "datetime"):
                    frame[name] = pandas.to_datetime(frame[name], utc=kind == "datetime")
            self.same(release, table, frame.astype(object).where(frame.notna(), None).to_dict("records"))

    def test_polars_reads_parquet_with_the_types_of_the_schema(self):
        for release, table, types, paths in self.each_table("parquet"):
            frame = polars.read_parquet(paths)
            self.assertEqual(dict(frame.schema), {name: POLARS[kind] for name, kind in types.items()})
            self.same(release, table, frame.to_dicts())

    def test_polars_reads_csv_and_jsonl_with_the_types_of_the_schema(self):
        texts = {"array": polars.String(), "datetime": polars.String()}
        for release, table, types, paths in self.each_table("csv"):
            schema = {name: texts.get(kind, POLARS[kind]) for name, kind in types.items()}
            frame = polars.concat([polars.read_csv(path, schema=schema, null_values=[""]) for path in paths])
            self.same(release, table, self.with_times(frame, types).to_dicts())
        texts = {"datetime": polars.String(), "date": polars.String()}
        for release, table, types, paths in self.each_table("jsonl"):
            schema = {name: texts.get(kind, POLARS[kind]) for name, kind in types.items()}
            frame = polars.concat([polars.read_ndjson(path, schema=schema) for path in paths])
            days = [polars.col(name).str.to_date() for name, kind in types.items() if kind == "date"]
            self.same(release, table, self.with_times(frame.with_columns(days), types).to_dicts())

    def with_times(self, frame, types):
        times = [name for name, kind in types.items() if kind == "datetime"]
        return frame.with_columns([polars.col(name).str.to_datetime(time_zone="UTC") for name in times])

    def test_duckdb_reads_parquet_with_the_types_of_the_schema(self):
        for release, table, types, paths in self.each_table("parquet"):
            found = duckdb.read_parquet(paths)
            self.assertEqual(
                dict(zip(found.columns, map(str, found.types))), {name: DUCKDB[kind] for name, kind in types.items()}
            )
            self.same(release, table, found.to_arrow_table().to_pylist())

    def test_duckdb_reads_csv_and_jsonl_with_the_types_of_the_schema(self):
        for release, table, types, paths in self.each_table("csv"):
            columns = {name: "VARCHAR" if kind == "array" else DUCKDB[kind] for name, kind in types.items()}
            found = duckdb.read_csv(paths, header=True, columns=columns, max_line_size=MAX_LINE, parallel=False)
            self.same(release, table, found.to_arrow_table().to_pylist())
        for release, table, types, paths in self.each_table("jsonl"):
            columns = {name: DUCKDB[kind] for name, kind in types.items()}
            found = duckdb.read_json(paths, columns=columns, maximum_object_size=MAX_LINE, format="newline_delimited")
            self.same(release, table, found.to_arrow_table().to_pylist())

    def test_datasets_opens_every_table_that_has_rows_by_the_name_that_the_card_gives_it(self):
        for release in releases():
            names = {table for table in release.tables if release.counts[table] > 0}
            self.assertEqual(set(datasets.get_dataset_config_names(str(release.folder))), names)
        with tempfile.TemporaryDirectory() as cache:
            for release, table, types, _ in self.each_table("parquet"):
                if release.counts[table] == 0:
                    continue
                # its cache takes releases of one version for one data set
                own = os.path.join(cache, str(release))
                read = datasets.load_dataset(str(release.folder), table, split="train", cache_dir=own)
                self.assertEqual(read.column_names, list(types))
                self.same(release, table, read.to_list())


if __name__ == "__main__":
    unittest.main()
