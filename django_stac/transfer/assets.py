"""Files beside documents: hrefs that name them become what consumers can open, as far as a way is open."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django_stac.exceptions import UnreachableFile
from django_stac.spec.links import SERVER_RELS
from django_stac.transactions import FileFact, Report
from django_stac.transactions.placement import Place, Ways, place, ways_in_words
from django_stac.transfer.hrefs import file_of, is_remote, real, scope_of

Document = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Assets:
    """The ways that are open to one run, and how many hrefs found none."""

    ways: Ways
    scopes: tuple[str, ...]
    """Real folders that no href leads out of."""
    unopened: Counter[str] = field(default_factory=Counter)
    """By collection."""

    def placed(self, document: Document, file: Path, collection: str) -> tuple[Document, tuple[FileFact, ...]]:
        """Return a document of a file with hrefs for consumers, and the stored files that it refers to.

        What leads to no file, to none below the folders given, or to one that no way opens, stays as it is.
        """
        places = {key: found for key, href in local_assets(document) if (found := self.place_of(href, file))}
        self.unopened[collection] += sum(1 for _ in local_assets(document)) - len(places)
        if places:
            assets = {**document["assets"]}
            assets |= {key: {**assets[key], "href": found.href} for key, (found, _) in places.items()}
            document = {**document, "assets": assets}
        facts = (fact_of(key, *found) for key, found in places.items() if found[0].storage)
        return self.with_links(document, file), tuple(facts)

    def place_of(self, href: str, base: Path) -> tuple[Place, int] | None:
        """The place of a file and its size in bytes; a folder has one only where it gets a URL."""
        path = real(file_of(href, base))
        scope = scope_of(path, self.scopes)
        if scope is None or not os.path.exists(path):  # noqa: PTH110 - never raises
            return None
        try:
            found = place(Path(path), self.ways, under=Path(scope), copy_path="")
            return None if found.storage and not Path(path).is_file() else (found, Path(path).stat().st_size)
        except (UnreachableFile, OSError):
            return None

    def with_links(self, document: Document, file: Path) -> Document:
        """Links that belong to the document get the URL of their file, where there is one."""
        links = document.get("links")
        if not isinstance(links, list) or not any(map(is_local_link, links)):
            return document
        return {**document, "links": [self.with_url(link, file) if is_local_link(link) else link for link in links]}

    def with_url(self, link: Document, file: Path) -> Document:
        found = self.place_of(link["href"], file)
        return {**link, "href": found[0].href} if found and not found[0].storage else link

    def tell(self, report: Report) -> None:
        """Say of each collection how many hrefs of assets nobody can follow."""
        for collection, count in sorted((+self.unopened).items()):
            report.notes.append(
                f"{collection}: {count} hrefs of assets name files that no API consumer could open, and stay as they "
                f"are. For files that are there, choose one: {'; '.join(ways_in_words(copy=False))}."
            )


def local_assets(document: Document) -> list[tuple[str, str]]:
    """Keys and hrefs of the assets that name files."""
    assets = document.get("assets")
    if not isinstance(assets, dict):
        return []
    hrefs = ((key, asset.get("href")) for key, asset in assets.items() if isinstance(asset, dict))
    return [(key, href) for key, href in hrefs if isinstance(href, str) and not is_remote(href)]


def is_local_link(link: object) -> bool:
    if not isinstance(link, dict) or not isinstance(href := link.get("href"), str) or is_remote(href):
        return False
    return not (isinstance(rel := link.get("rel"), str) and rel in SERVER_RELS)


def fact_of(key: str, found: Place, size: int) -> FileFact:
    return FileFact(storage=found.storage, path=found.path, key=key, size=size)
