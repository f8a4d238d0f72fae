"""How each body stands with all the schemes asked about, and if the others went ahead without it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tripleaim.incentives.amounts import Array
from tripleaim.incentives.blocs import Blocs
from tripleaim.incentives.measures.alignment import alignment
from tripleaim.incentives.measures.timing import present_value, timing
from tripleaim.incentives.played import Drawn
from tripleaim.incentives.record import Standing
from tripleaim.stress.error import Z, error_of_chance


def standings(
    members: tuple[str, ...],
    players: Blocs,
    today: Array,
    turnover: Mapping[str, float],
    years: tuple[str, ...],
    drawn: Drawn,
    rate: float,
) -> tuple[Standing, ...]:
    """Every member.

    today : (member, plan year, coalition), what each gains in the world of every coalition, as contracts pay today
    rate  : fraction a year by which later years are worth less
    """
    everybody = today[:, :, -1]
    told, worth = timing(everybody, rate), present_value(everybody, rate)
    aligned = alignment(worth).index
    whole = float(worth.sum())
    count = today.shape[2]
    found = []
    for n, body in enumerate(members):
        player = players.of(body)
        at = players.players.index(player)
        without = today[n, :, (count - 1) ^ (1 << at)]
        trough = min(0.0, float(told.trough[n]))
        spent = turnover.get(body, 0.0)
        worse = float((drawn.bodies[n] < -0.5).mean())
        worse_than_out = float((drawn.bodies[n] < drawn.bodies_left_out[n] - 0.5).mean())
        draws = drawn.together.shape[1]
        error = max(error_of_chance(share, draws) for share in (worse, worse_than_out))
        found.append(
            Standing(
                body=body,
                player=player,
                turnover=spent,
                by_year=tuple(float(v) for v in everybody[n]),
                worth=float(worth[n]),
                left_out=tuple(float(v) for v in without),
                left_out_worth=float(present_value(without[None], rate)[0]),
                alignment=float(aligned[n]) if whole > 0 else None,
                worst=float(told.worst[n]),
                worst_year=years[int(told.worst_year[n]) - 1],
                trough=trough,
                trough_of_turnover=-trough / spent if spent > 0 else None,
                pays_back="" if math.isinf(told.payback_year[n]) else years[int(told.payback_year[n]) - 1],
                chance_worse=worse,
                chance_worse_than_left_out=worse_than_out,
                chance_error=Z * error,
            )
        )
    return tuple(found)
