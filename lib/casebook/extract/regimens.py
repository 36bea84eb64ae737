"""The drugs of a regimen that a report tells by its name alone ("six cycles of R-CHOP")."""

from functools import lru_cache

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.vocabulary import Term

_NAMED_TOO = 2  # drugs of a regimen that stand beside its name where a report spells it out


def drugs(reading: Reading, mention: Mention) -> list[Mention]:
    """The drugs that `mention` stands for; none if it is no regimen, or one whose drugs the report names."""
    labels = mention.term.fields["agents"]
    if not labels:
        return []
    known: dict[str, bool] = reading.kept.setdefault("regimens", {})
    if mention.label not in known:
        known[mention.label] = _spelled_out(reading, mention.label, labels.split("|"))
    if known[mention.label]:
        return []
    agents = (reading.vocabulary.term("agents", label) for label in labels.split("|"))
    return [Mention(mention.start, mention.end, _part(mention.term, agent)) for agent in agents if agent]


def _spelled_out(reading: Reading, regimen: str, labels: list[str]) -> bool:
    needed = min(_NAMED_TOO, len(labels))
    for told in reading.of("treatments"):
        if told.label == regimen:
            named = {agent.label for agent in reading.of("agents", reading.sentence_of(told))}
            if len(named.intersection(labels)) >= needed:
                return True
    return False


@lru_cache(maxsize=1024)
def _part(regimen: Term, agent: Term) -> Term:
    """`agent` as the row of `regimen` tells of it."""
    return Term(regimen.rule, "agents", agent.label, agent.fields)
