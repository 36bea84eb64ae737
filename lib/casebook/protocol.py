"""What the review asks: the file that a reviewer writes before reading any report."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from casebook.errors import InputError
from casebook.schema import TABLES
from casebook.schema.outcomes import ENDPOINTS


@dataclass(frozen=True)
class Protocol:
    """Question, eligibility and endpoints of a review.

    `endpoints` are values of outcomes.endpoint, in the order in which they are shown. `fields` are TABLE.COLUMN names
    that every patient's record should have: the map of what is not reported is made of them.
    """

    title: str
    question: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    endpoints: tuple[str, ...] = ENDPOINTS
    fields: tuple[str, ...] = ()


def read_protocol(path: Path) -> Protocol:
    """Raises InputError naming the file, the key, what was found and what was expected."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no protocol here; write title, question, eligibility and endpoints into one"
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path.name}: this protocol is not readable YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise InputError(f"{path.name}: expected keys such as title and question, found {content!r:.60}")
    eligibility = content.pop("eligibility", {})
    if not isinstance(eligibility, dict):
        raise InputError(f"{path.name}: eligibility is {eligibility!r}, expected the lists include and exclude")
    content |= dict(eligibility)
    known = Protocol.__dataclass_fields__
    if unknown := sorted(map(str, content.keys() - known.keys())):
        raise InputError(
            f"{path.name}: unknown key {', '.join(unknown)}; known are title, question, eligibility (include, "
            "exclude), endpoints, fields"
        )
    for key in ("title", "question"):
        if not isinstance(content.get(key), str) or not content[key].strip():
            raise InputError(f"{path.name}: {key} is {content.get(key)!r}, expected one sentence")
        content[key] = " ".join(content[key].split())
    for key in ("include", "exclude", "endpoints", "fields"):
        if key in content:
            content[key] = _texts(path, key, content[key])
    _allowed(path, "endpoints", content.get("endpoints", ()), ENDPOINTS)
    _allowed(
        path, "fields", content.get("fields", ()), tuple(f"{t.name}.{c}" for t in TABLES.values() for c in t.names)
    )
    return Protocol(**content)


def _texts(path: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"{path.name}: {key} is {value!r}, expected a list of texts")
    return tuple(" ".join(item.split()) for item in value)


def _allowed(path: Path, key: str, values: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    for value in values:
        if value not in allowed:
            near = [name for name in allowed if name.split(".")[0] == value.split(".")[0]] or list(allowed)
            raise InputError(f"{path.name}: {key} has {value!r}, expected one of {', '.join(near)}")
