"""What made such schemes work elsewhere and is not in place here, and how much of the effect that puts in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.plan.success_factor import Factor


@dataclass(frozen=True, kw_only=True)
class Factors:
    """The success factors of one scheme, as its authors say."""

    scheme: str
    """Key of the scheme."""
    in_place: tuple[Factor, ...]
    """Factors said to be in place."""
    missing: tuple[Factor, ...]
    """Factors said not to be in place."""
    not_said: tuple[Factor, ...]
    """Factors of which nobody has said anything: told, and nothing is cut for them."""

    @property
    def most_fidelity(self) -> float:
        """How fully the model can be carried out without those missing: 1 less a fifth for each. Judged."""
        return 1 - len(self.missing) / len(Factor)

    def cut(self, fidelity: float) -> float:
        """Share of the claimed effect that the missing factors take away.

        fidelity : how fully the authors say the model is carried out; what they took off already is not taken twice

        >>> two_missing = tuple(Factor)[:2]
        >>> found = Factors(scheme="teams", in_place=(), missing=two_missing, not_said=())
        >>> [round(found.cut(fidelity), 2) for fidelity in (1.0, 0.8, 0.5)]
        [0.4, 0.25, 0.0]
        """
        return max(0.0, 1 - self.most_fidelity / fidelity) if fidelity > 0 else 0.0


def success_factors(plan: Plan) -> tuple[Factors, ...]:
    """The factors of every scheme with a row in success_factors.csv, or of a kind the factors are known for.

    source : the factors are those the Nuffield Trust found (2017); the size of the cut is judged; method note 11
    """
    return tuple(factors_of(plan, scheme.key) for scheme in plan.schemes)


def factors_of(plan: Plan, scheme: str) -> Factors:
    """The factors of one scheme; all of them not said, where the plan says nothing."""
    said = {row.factor: row.in_place for row in plan.success_factors if row.scheme == scheme}
    return Factors(
        scheme=scheme,
        in_place=tuple(factor for factor in Factor if said.get(factor) is True),
        missing=tuple(factor for factor in Factor if said.get(factor) is False),
        not_said=tuple(factor for factor in Factor if factor not in said),
    )
