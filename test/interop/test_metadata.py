"""The validators that stand behind the standards accept the metadata of every release."""

import hashlib
import json
import pathlib
import subprocess
import tempfile
import unittest

import frictionless
import mlcroissant

from release import plain_rows, releases

CFFCONVERT = pathlib.Path(__file__).parents[2] / ".interop/cffconvert/bin/cffconvert"


class Metadata(unittest.TestCase):
    maxDiff = 2000

    def test_mlcroissant_finds_neither_error_nor_warning(self):
        for release in releases():
            found = mlcroissant.Dataset(str(release.folder / "croissant.json")).metadata.ctx.issues
            self.assertEqual((list(found.errors), list(found.warnings)), ([], []))

    def test_mlcroissant_reads_the_records_of_every_table(self):
        for release in releases():
            described = release.json("croissant.json")
            # It joins a table with those that it refers to, and cannot where these refer to others in turn: so a copy
            # of the description without references, beside the files whose sums it checks as it reads.
            for field in (field for record_set in described["recordSet"] for field in record_set["field"]):
                field.pop("references", None)
            copy = release.folder / "croissant-without-references.json"
            copy.write_text(json.dumps(described), "utf-8")
            try:
                dataset = mlcroissant.Dataset(str(copy))
                for table in release.tables:
                    records = [self.unprefixed(record) for record in dataset.records(table)]
                    self.assertEqual(len(records), release.counts[table])
                    types = release.types(table)
                    self.assertEqual(plain_rows(records, types), release.rows(table), table)
            finally:
                copy.unlink()

    def test_mlcroissant_joins_papers_with_repositories(self):
        for release in releases():
            dataset = mlcroissant.Dataset(str(release.folder / "croissant.json"))
            ids = [record["papers/paper_id"].decode() for record in dataset.records("papers")]
            self.assertEqual(ids, [row["paper_id"] for row in release.rows("papers")])

    def unprefixed(self, record):
        text = lambda value: value.decode() if isinstance(value, bytes) else value
        flat = lambda value: [text(item) for item in value] if isinstance(value, list) else text(value)
        return {name.split("/")[1]: flat(value) for name, value in record.items()}

    def test_frictionless_finds_the_package_and_every_row_of_its_tables_valid(self):
        for release in releases():
            path = str(release.folder / "datapackage.json")
            package = frictionless.Package(path)
            # it takes Parquet and JSONL for tables too, guesses their types, and fails where a column is all null
            for resource in list(package.resources):
                if resource.format != "csv":
                    package.remove_resource(resource.name)
            report = package.validate()
            self.assertEqual([error.message for task in report.tasks for error in task.errors], [])
            self.assertTrue(report.valid, report.errors)
            rows = {task.name: task.stats.get("rows", 0) for task in report.tasks}
            self.assertEqual(rows, release.counts)

    def test_frictionless_finds_a_row_that_breaks_the_schema(self):
        release = releases()[0]
        with tempfile.TemporaryDirectory() as folder:
            described = release.json("datapackage.json")
            resource = next(r for r in described["resources"] if r["name"] == "repositories")
            text = (release.folder / resource["path"]).read_text("utf-8").replace("github.com", "no host", 2)
            pathlib.Path(folder, "repositories.csv").write_text(text, "utf-8")
            broken = {key: value for key, value in resource.items() if key not in ("bytes", "hash")}
            report = frictionless.validate(broken | {"path": "repositories.csv"}, basepath=folder)
            self.assertFalse(report.valid)

    def test_cffconvert_finds_the_citation_valid(self):
        for release in releases():
            said = subprocess.run(
                [CFFCONVERT, "--validate", "-i", release.folder / "CITATION.cff"], capture_output=True, text=True
            )
            self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
            self.assertIn("valid according to schema version 1.2.0", said.stdout)

    def test_every_digest_in_croissant_json_is_that_of_the_file(self):
        for release in releases():
            for node in release.json("croissant.json")["distribution"]:
                if node["@type"] == "cr:FileObject":
                    content = (release.folder / node["contentUrl"]).read_bytes()
                    self.assertEqual(hashlib.sha256(content).hexdigest(), node["sha256"], node["@id"])


if __name__ == "__main__":
    unittest.main()
