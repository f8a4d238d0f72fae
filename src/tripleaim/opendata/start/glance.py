"""What is published about a footprint, at a glance: facts to print, never to rank."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.opendata.people import people
from tripleaim.opendata.start.flows import patients_here, stay_here, whose_catchment
from tripleaim.opendata.start.stated import UNITS, about_the_plan
from tripleaim.opendata.start.subject import Hospital, Subject, short_name


@dataclass(frozen=True, slots=True)
class Part:
    """A council or integrated care board, and the people it shares with the footprint, as fractions of each."""

    code: str
    name: str
    of_footprint: float
    of_its_people: float


@dataclass(frozen=True, slots=True)
class HospitalAtAGlance:
    """What is published about one hospital trust; None where it is not.

    unplanned and planned are first episodes of 2015/16, attendances A&E of 2016/17, beds those open in winter 2015/16;
    patients_here is the fraction of its patients who live in the footprint; patients_of says in words whose patients
    these are where they are not only its own.
    """

    code: str
    name: str
    unplanned: float
    planned: float
    attendances: float
    beds: float | None
    patients_here: float | None
    patients_of: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What is published about one footprint. `residents_here` is the fraction of residents' unplanned admissions at
    trusts counted in it; `printed` counts printed figures of its plan of 2016.
    """

    number: int
    code: str
    name: str
    region: str
    people: float
    commissioners: tuple[str, ...]
    councils: tuple[Part, ...]
    boards: tuple[Part, ...]
    hospitals: tuple[HospitalAtAGlance, ...]
    other_trusts: tuple[str, ...]
    residents_here: float | None
    printed: int

    @property
    def cut_councils(self) -> tuple[Part, ...]:
        """Councils that lie only partly in the footprint."""
        return tuple(each for each in self.councils if each.of_its_people < 1)

    @property
    def beds(self) -> float | None:
        """General and acute beds open in winter 2015/16 at its hospitals; None where none returned them."""
        known = [each.beds for each in self.hospitals if each.beds is not None]
        return sum(known) if known else None


def glance(footprint: str) -> Glance:
    """What is published about a footprint, by its code."""
    subject = Subject(footprint)
    hospitals = {each.trust.ods for each in subject.hospitals}
    return Glance(
        number=subject.footprint.number,
        code=subject.code,
        name=subject.name,
        region=subject.footprint.region,
        people=sum(people(subject.code, 2017)),
        commissioners=tuple(each.name for each in subject.groups),
        councils=tuple(
            Part(council.code, council.name, overlap.share_of_footprint, overlap.share_of_council)
            for council, overlap in subject.councils
        ),
        boards=tuple(Part(each.ods, each.name, each.share_of_footprint, each.share_of_icb) for each in subject.boards),
        hospitals=tuple(_hospital(subject, each) for each in subject.hospitals),
        other_trusts=tuple(each.name for each in subject.trusts if each.ods not in hospitals),
        residents_here=stay_here(subject),
        printed=sum(each.unit in UNITS for each in about_the_plan(subject)),
    )


def _hospital(subject: Subject, hospital: Hospital) -> HospitalAtAGlance:
    winter = hospital.winter()
    return HospitalAtAGlance(
        code=hospital.trust.ods,
        name=short_name(hospital.trust.name),
        unplanned=hospital.count("non_elective"),
        planned=hospital.count("elective_overnight") + hospital.count("day_cases"),
        attendances=sum(each.attendances for each in hospital.emergency().values()),
        beds=winter.open_mean if winter else None,
        patients_here=patients_here(subject, hospital),
        patients_of=whose_catchment(hospital).strip(),
    )
