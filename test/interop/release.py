"""A release as its own manifest, schemas and JSONL files describe it, read by Python's own JSON parser."""

import datetime
import json
import os
import pathlib

import pyarrow

ROOT = pathlib.Path(os.environ["INTEROP_RELEASES"])


def releases():
    """The newest release in each output folder."""
    return [Release(out.resolve() / "out" / "latest") for out in sorted(ROOT.iterdir())]


class Release:
    def __init__(self, folder):
        self.folder = folder.resolve()
        self.manifest = self.json("manifest.json")
        self.counts = self.manifest["counts"]
        self.tables = list(self.counts)
        resources = self.json("datapackage.json")["resources"]
        self._fields = {r["name"]: r["schema"]["fields"] for r in resources if "schema" in r}

    def __str__(self):
        return self.folder.parent.parent.name

    def json(self, path):
        return json.loads((self.folder / path).read_text("utf-8"))

    def paths(self, table, form):
        """The files that hold a table in one format, in order."""
        files = [f["path"] for f in self.manifest["files"] if f.get("table") == table]
        return [str(self.folder / path) for path in sorted(files) if path.startswith(f"{form}/")]

    def types(self, table):
        """The logical type of every column, in order: string, integer, number, boolean, date, datetime, array."""
        return {field["name"]: field["type"] for field in self._fields[table]}

    def required(self, table):
        return {f["name"] for f in self._fields[table] if f.get("constraints", {}).get("required")}

    def rows(self, table):
        """The rows as Python values: what every reader must find."""
        types = self.types(table)
        rows = []
        for path in self.paths(table, "jsonl"):
            with pyarrow.input_stream(path, compression="detect") as packed:  # by the path's ending
                for line in packed.read().decode("utf-8").split("\n")[:-1]:
                    rows.append({name: value_of(v, types[name]) for name, v in json.loads(line).items()})
        return rows


def value_of(value, kind):
    """A JSON value, or the text of a CSV cell, as a Python value."""
    if value is None:
        return None
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "datetime":
        return datetime.datetime.fromisoformat(value)
    return value


def plain(value, kind):
    """A value as some reader has it, as a Python value: its own kind of missing is None, its own lists are lists."""
    if kind == "array":
        if isinstance(value, str):
            return json.loads(value)  # a CSV cell
        return None if value is None or isinstance(value, float) else [str(item) for item in value]
    if value is None or value != value:  # NaN and NaT are not equal to themselves
        return None
    if kind == "date" and isinstance(value, datetime.datetime):
        return value.date()
    if kind == "datetime" and isinstance(value, datetime.datetime):
        return value.replace(tzinfo=value.tzinfo or datetime.timezone.utc).astimezone(datetime.timezone.utc)
    if kind == "integer":
        return int(value)
    return value


def plain_rows(records, types):
    return [{name: plain(record[name], kind) for name, kind in types.items()} for record in records]
