"""From tellings to courses: one row per course of a treatment, however often the report tells of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casebook.extract.acts import Act
from casebook.extract.finding import Cell

_APART = 1.0  # months: tellings further apart are two courses
_NEAREST_FIRST = (0, -1, 1, -2, 2, -3, 3)  # sentences from which a class word ("chemotherapy") means the drugs named


@dataclass
class Course:
    """One course: the acts that tell of it, the first of them its own words, and what else is known.

    `classes` tell of a drug by its class alone ("chemotherapy" beside the drugs by name).
    """

    acts: list[Act]
    months: Cell | None
    cells: dict[str, Cell] = field(default_factory=dict)
    only_referred: bool = False
    classes: list[Act] = field(default_factory=list)

    @property
    def first(self) -> Act:
        return self.acts[0]

    @property
    def last(self) -> Act:
        return self.acts[-1]

    @property
    def name(self) -> tuple[str, str]:
        return name_of(self.first)


def name_of(act: Act) -> tuple[str, str]:
    """Acts of one name may tell of one course: a drug by name, an operation by its kind."""
    if act.agent:
        return (act.kind, act.mention.label)
    return (act.kind, "")


def gather(
    acts: Iterable[Act],
    months_of: Callable[[Act], Cell | None],
    cells_of: Callable[[Act], dict[str, Cell]],
    second_hand: Callable[[Act], bool],
    apart: Callable[[str, str], bool],
) -> list[Course]:
    """The courses of one patient; operations on places that are `apart` are two.

    `second_hand` acts (an abstract, a legend) make a course only where no other told of it.
    """
    known: dict[tuple[str, str], list[Course]] = {}
    order: list[Course] = []
    operated = -1
    told = list(acts)
    for act in (*(a for a in told if not second_hand(a)), *(a for a in told if second_hand(a))):
        courses = known.setdefault(name_of(act), [])
        months, cells = months_of(act), cells_of(act)
        course = _same(act, courses, operated, months, cells, second_hand(act), apart)
        if course is None:
            course = Course([act], None if act.reference else months, dict(cells), only_referred=act.reference)
            courses.append(course)
            order.append(course)
            if act.kind == "surgery" and not act.reference:
                operated = act.at
            continue
        course.acts.append(act)
        for column, cell in cells.items():
            course.cells.setdefault(column, cell)
        if not act.reference and (course.only_referred or course.months is None):
            course.only_referred, course.months = False, course.months or months
    return _without_classes(sorted(order, key=lambda course: course.first.at))


def _same(
    act: Act,
    courses: list[Course],
    operated: int,
    months: Cell | None,
    cells: dict[str, Cell],
    second_hand: bool,
    apart: Callable[[str, str], bool],
) -> Course | None:
    """The course that `act` tells of again; None if it is a new one. `operated` is where the last operation is told."""
    if not courses:
        return None
    if act.number and act.number <= len(courses):
        return courses[act.number - 1]
    last = courses[-1]
    if act.status != last.first.status:
        return last if act.reference and act.ahead else _alike(act, courses)
    if act.reference or second_hand:
        return last
    if act.index == last.last.index and not (act.again and last.last.reference):
        return last
    if act.again or (act.number and act.number > len(courses)):
        return None
    if months and last.months and abs(float(months.value) - float(last.months.value)) >= _APART:
        return None
    if _contradict(cells, last.cells):
        return None
    if act.kind == "surgery":
        if act.specific and not act.then and (known := _named_alike(act, courses)):
            return known
        if "site" in cells and "site" in last.cells and apart(str(cells["site"].value), str(last.cells["site"].value)):
            return None
        return (
            None
            if act.specific and act.mention.label != last.first.mention.label and (last.first.specific or act.then)
            else last
        )
    return None if operated > last.last.at and months is not None else last


def _alike(act: Act, courses: list[Course]) -> Course | None:
    """The last course of the same status: a plan and its execution are told apart here, and joined at the end."""
    for course in reversed(courses):
        if course.first.status == act.status:
            return course
    return None


def _named_alike(act: Act, courses: list[Course]) -> Course | None:
    """The course of which the same name of an operation told before."""
    for course in reversed(courses):
        if any(told.specific and told.mention.label == act.mention.label for told in course.acts):
            return course
    return None


def _contradict(one: dict[str, Cell], other: dict[str, Cell]) -> bool:
    """Whether two tellings state another dose or number of fractions."""
    return any(
        column in one and column in other and one[column].value != other[column].value
        for column in ("dose", "fractions")
    )


def _without_classes(courses: list[Course]) -> list[Course]:
    """Courses without plans that were carried out, and without class words for drugs that are named beside them."""
    given = {course.name for course in courses if course.first.status == "given"}
    named: dict[tuple[str, str], dict[int, list[Course]]] = {}
    for course in courses:
        if course.first.agent:
            where = named.setdefault((course.first.kind, course.first.status), {})
            for index in {act.index for act in course.acts}:
                where.setdefault(index, []).append(course)
    transplanted = ("transplant", "") in given
    kept = []
    for course in courses:
        act = course.first
        if transplanted and act.kind == "surgery" and all(told.reference and not told.specific for told in course.acts):
            continue  # "after the surgery" tells of the transplantation
        if act.status == "planned" and course.name in given:
            continue
        if (named_by := named.get((act.kind, act.status))) and not act.agent:
            beside = [_beside(told.index, _time(course), named_by) for told in course.acts]
            if all(drug or told.reference for told, drug in zip(course.acts, beside, strict=True)):
                for told, drug in zip(course.acts, beside, strict=True):
                    if drug:
                        drug.classes.append(told)
                continue
        kept.append(course)
    return kept


def _beside(index: int, months: float | None, named: dict[int, list[Course]]) -> Course | None:
    """The course of a drug given at that time, as far as is told, which is named in or near sentence `index`."""
    for away in _NEAREST_FIRST:
        for course in named.get(index + away, ()):
            when = _time(course)
            if months is None or when is None or abs(months - when) < _APART:
                return course
    return None


def _time(course: Course) -> float | None:
    return float(course.months.value) if course.months else None
