"""The part of a document that is asked for (STAC API - Fields). How it was asked for is in ``search.fields``."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_DOTS = 8
"""Dots of a name that are tried as steps into it; further ones belong to the last part."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of members, each with dots as steps into objects. They are hints: none need be there."""

    include: tuple[str, ...] | None
    """What to give; empty is the default set, None is everything."""
    exclude: tuple[str, ...] = ()
    """What to leave out of it."""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What a kind of document consists of."""

    always: tuple[str, ...]
    """Members that are given whatever was asked."""
    default: tuple[str, ...]
    """With those, a valid document."""
    known: frozenset[str]
    """All members of the specification."""
    inner: str = ""
    """The member in which every other name is looked for, too."""


ITEM = Anatomy(
    always=("type", "stac_version", "id", "collection"),
    default=(
        "geometry", "bbox", "properties.datetime", "properties.start_datetime", "properties.end_datetime",
        "links", "assets",
    ),
    known=frozenset({
        "type", "stac_version", "stac_extensions", "id", "collection", "geometry", "bbox", "properties", "links",
        "assets",
    }),
    inner="properties",
)  # fmt: skip
COLLECTION = Anatomy(
    always=("type", "stac_version", "id"),
    default=("title", "description", "license", "extent", "links"),
    known=frozenset({
        "type", "stac_version", "stac_extensions", "id", "title", "description", "keywords", "license", "providers",
        "extent", "summaries", "links", "assets", "item_assets",
    }),
)  # fmt: skip


@dataclass(slots=True)
class Rule:
    """Whether a member is given, and what differs inside it."""

    keep: bool | None = None
    """None: as that around it."""
    inside: dict[str, "Rule"] = field(default_factory=dict)

    def at(self, path: tuple[str, ...]) -> "Rule":
        """The rule of a member further inside, made when it is not there."""
        rule = self
        for name in path:
            rule = rule.inside.setdefault(name, Rule())
        return rule


NOTHING_SAID = Rule()


def rule_of(fields: Fields, anatomy: Anatomy = ITEM) -> Rule:
    """Make the rule of a document: the more specific name wins, and of equal ones the included."""
    rule = Rule(keep=fields.include is None)
    keep(rule, anatomy.always, anatomy)
    if fields.include is not None and not fields.include:
        keep(rule, anatomy.default, anatomy)
    for path in sorted(paths(fields.exclude, anatomy), key=len):
        if path[0] not in anatomy.always:
            left_out = rule.at(path)
            left_out.keep, left_out.inside = False, {}
    keep(rule, fields.include or (), anatomy)
    return rule


def keep(rule: Rule, names: tuple[str, ...], anatomy: Anatomy) -> None:
    for path in paths(names, anatomy):
        rule.at(path).keep = True


def paths(names: tuple[str, ...], anatomy: Anatomy) -> Iterator[tuple[str, ...]]:
    """Where the named members may stand: what the specification does not know may be a property."""
    for name in names:
        head, dot, rest = name.partition(".")
        if head in anatomy.known:
            yield from ((head, *steps) for steps in readings(rest)) if dot else [(head,)]
            continue
        for steps in readings(name):
            yield steps
            if anatomy.inner:
                yield anatomy.inner, *steps


def readings(name: str) -> Iterator[tuple[str, ...]]:
    """A name with dots is one name, or one dot of it leads into an object."""
    yield (name,)
    dot = -1
    for _ in range(MOST_DOTS):
        if (dot := name.find(".", dot + 1)) < 0:
            return
        yield name[:dot], name[dot + 1 :]


def pruned(value: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """Return the part of an object that a rule keeps; the rule must say whether it keeps the object itself."""
    if not rule.inside:
        return value if rule.keep else {}
    part: dict[str, Any] = {}
    for name in value if rule.keep else rule.inside:
        if name in value:
            add(part, name, value[name], rule)
    return part


def add(part: dict[str, Any], name: str, member: Any, around: Rule) -> None:
    """Add a member, or what is kept of it."""
    rule = around.inside.get(name, NOTHING_SAID)
    is_kept = around.keep if rule.keep is None else rule.keep
    if not rule.inside or not isinstance(member, dict):
        if is_kept:
            part[name] = member
    elif (inner := pruned(member, Rule(is_kept, rule.inside))) or is_kept:
        part[name] = inner
