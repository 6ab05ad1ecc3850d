"""tantivy, a search library in Rust: facets counted by its own aggregations."""

from pathlib import Path
from typing import Any

import tantivy
from rivals import FACETS, Table, box
from synthetic import CONCERNS, Question


class Tantivy:
    """Whole numbers and codes as columns, read in the order of rank, so that nothing is scored."""

    name = "tantivy"

    def __init__(self, table: Table, home: Path) -> None:
        (home / "tantivy").mkdir()
        self.index = tantivy.Index(schema(), str(home / "tantivy"))
        writer = self.index.writer(1_000_000_000, 1)
        names = ("id", "state", "accepting", "fresh", "fee", "rank", "lat", "lon")
        columns = (table.state, table.accepting, table.fresh, table.fee, table.rank, table.lat, table.lon)
        for row in table.rows(*columns):
            values = dict(zip(names, row, strict=True))
            writer.add_document(document(values, table.held[row[0]], table.words[row[0]]))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.counting = {facet: {"terms": {"field": facet, "size": 100}} for facet in FACETS}

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]:
        query = self._beginning(asked) if asked.words else self.index.parse_query(self._query(asked))
        found: Any = self.searcher.search(query, 20, order_by_field="rank", order=tantivy.Order.Asc)
        page: Any = self.searcher.fast_field_values("id", [address for _rank, address in found.hits])
        counted = self.searcher.aggregate(query, self.counting)
        buckets = ((facet, bucket) for facet in FACETS for bucket in counted[facet]["buckets"])
        return found.count, page, {f"{facet}:{its['key']}": int(its["doc_count"]) for facet, its in buckets}

    def total(self, asked: Question) -> int:
        found: Any = self.searcher.search(self.index.parse_query(self._query(asked)), 1)
        return int(found.count)

    def concerns(self, asked: Question) -> dict[str, int]:
        query = self.index.parse_query(self._query(asked))
        counted = self.searcher.aggregate(query, {"concerns": self.counting["concerns"]})
        return {f"concerns:{its['key']}": int(its["doc_count"]) for its in counted["concerns"]["buckets"]}

    def _beginning(self, asked: Question) -> Any:
        queries = [tantivy.Query.regex_query(self.index.schema, "words", f"{word}.*") for word in asked.words]
        queries.append(self.index.parse_query("fresh:1"))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])

    def _query(self, asked: Question) -> str:
        having = " OR ".join(f'concerns:"{CONCERNS[n]}"' for n in asked.concerns)
        query = "fresh:1" + " AND accepting:1" * asked.accepting + f" AND ({having})" * bool(having)
        if asked.near is None:
            return query
        south, north, west, east = box(asked.near)
        return (
            f"state:{asked.state} AND fee:[0 TO {asked.ceiling}] AND lat:[{south} TO {north}] "
            f"AND lon:[{west} TO {east}] AND {query}"
        )


def schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "state", "accepting", "fresh", "fee", "rank"):
        builder.add_integer_field(name, indexed=name not in ("id", "rank"), fast=True)
    for name in ("lat", "lon"):
        builder.add_float_field(name, fast=True)
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def document(values: dict[str, Any], held: list[str], words: str) -> Any:
    made = tantivy.Document()
    for name, value in values.items():
        add = made.add_float if name in ("lat", "lon") else made.add_integer
        add(name, value)
    for facet, _colon, code in (each.partition(":") for each in held):
        made.add_text(facet, code)
    made.add_text("words", words)
    return made
