"""What a plan version's result pages need, small enough to be stored as JSON and read without the projection.

    from tripleaim.reports.brief import brief_of, read_brief, in_address
    told = brief_of(projection, remarks)      # dict: plain values only
    for name, piece in pieces(told).items():  # the same cut up: "place", "schemes/home_first", … one for each page
        text = stored(piece)                  # what a worker stores
    brief = read_brief(told)                  # the same as frozen records, for those who like attributes (slower)

Store the pieces, not the whole: the largest is 100 kB (place, with its figures), a scheme 5 to 20 kB, and a page needs
one of them. A piece has format, tripleaim, fingerprint, years; `place` has place, system, index and figures beside; the
others have about (name, status_words, version, dated_words, invented, is_pressure, last_year, …), told (the record)
and, for an organisation system, for an area measures.

Conventions. Money is GBP, cash; **shortfalls are positive where short** (as in the report), `net`, `gains` and `saving`
are positive where better off, `put_in`, `pays`, `one_off` and `capital` are positive where something is spent. Amounts
by year run over `years`: the plan's years, then the year after at its full yearly rate (`place.after_year`); capital,
and a scheme's one_off and so_far, over the plan's years alone. What is in words is as the report says it. `html` has no
inline style; links in it lead to `index.html#…` (the report) or `data/….csv`: give the address they have on your page
with `in_address(html, "/places/…/run/")`. A value that is not known is null, and the reason stands in words in the
`missing` list beside it: show that list, never a nought.

Outline of the JSON (record → file that says every key in full):

    format 1, tripleaim, fingerprint, years [..]
    place                                        place.py
      name, key, plan, status, status_words, version, dated, dated_words, invented, summary, is_pressure,
      opening_year, last_year, after_year, people, people_words, population [{year, people, how}],
      organisations, schemes, areas (numbers of each)
      verdict {html, words}                      one sentence, as hoped and with what is found
      rest, measures [{html, words}], nothing_words (if nothing changes), without_plugs (words or "")
      gaps [health, care, money: {key, heading, figures [{html, words, what}], lines [{name, html, words}]}], basis
      undecided [{kind, words, amount (GBP a year or null), schemes [key]}]      undecided.py; largest first
      weak                                                                       weak.py
        headlines [{headline, words, shares {published, derived, judged, illustrative}}], title,
        oldest [{key, title, year, rows, words}], no_year, illustrative [same], evidence
        [{scheme, name, words, studies}], older (number of sources before the opening year)
      unknown [words], missing [{heading, words}] (as the report's “What don’t we know?”), remarks [words]
      record [{name, year, promised, delivered, unit, kept, words}]   what earlier plans promised, and what came
    system {…lines as an organisation's}         the same numbers for the place as a whole
    organisations {key: …}       organisation.py; the most short first, those without accounts last
      key, name, role, role_words, kind, place (key), place_name, has_accounts, scope (nhs | council | "")
      words (where it ends up, in a sentence), opening {reported, one_off, underlying} or null
      lines or null {do_nothing, hoped, resourced (short by year), one_off_hoped,
                     put_in, one_off, gets, net (net = do_nothing − hoped = gets − put_in), capital, capital_found,
                     posts_needed, posts_found}
                     the sum over organisations is `system`, for every year and line
      pays, paid [{key, name, amount, outside}]  last year as hoped, the largest first
      contracts [{key, name, form, form_words, partner, partner_name, role (pays | is paid), lines [names]}]
      risks [{kind, words, amount or null}]      risks.py: control totals, funds, stranded cost, balance, required, pace
      control_totals [{year, case, control_total, position, met, fund_offered, fund_earned}],
      council [{year, case, gap, one_off, new_precept, new_charges, reserves_used, still_to_find, reserves_left}]
      posts [{group, group_words, needed, found, to_find, short}], hours [{scheme, year, hours}],
      risk_share {share, loss_cap, gain_cap}
      hours_a_year, actions [{scheme, name, action, owner, due, due_words}]          of schemes it leads
      leads, partner_in, pays_for, gains_from, loses_by [{key, name, amount (last year, GBP)}]
      missing [words]
    schemes {key: …}                             scheme.py; what saves most first
      key, name, summary, owner, lead, lead_name, stage, stage_words, tag, category, category_words, change,
      change_words, gaps, prevention, is_plug, asked_by, part_of, start, start_words, order
      words (what it saves, in a sentence), needs_words [..], warnings [..]
      money {running, one_off, saving_before (before running cost), saving (net, as hoped), saving_found (net, with what
             is found), share_found, capital, capital_found, so_far, break_even, income}
      who [{key, name, outside, pays, one_off, gains, net}]            by year; sums to saving + income
      people [{organisation, name, group, group_words, needed, found, to_find}], posts_needed, posts_found, posts_words
      evidence {claims [{words, claim_words, verdict, verdict_words, measure, claimed, treated, treated_low,
                treated_high, of_all, reach, studies,
                found_low, found_high, expected, expected_low, expected_high, refs [ref], why_not}],
                effects [{key, kind, kind_words, target, target_name, low, point, high, reached, evidence (ref),
                source}], studies [{ref, name, setting, year,
                measure, kind, grade, grade_words, citation, address}], words}
      overlaps, needs, excludes [{key, name}], partners [{key, name}], without_partners (share left), travel, harm,
      consultation_months, indicators [{key, name, gap, now, nothing, alone, better, words}]
      factors [{factor, words, in_place (true | false | null), how}], actions [as above], hours [{organisation, name,
      year, hours}], promises [{…place.record, of its family}], missing [words]
    areas {key: …}                               area.py; Health and Wellbeing Boards, else council areas
      key, name, kind, code, people, people_words, share_of_place, share_inside, councils [{key, name, how}],
      commissioners, providers, others [same], measures [key], own_measures [key], council_money [organisation key],
      schemes [{key, name, why}], missing [words]
    measures {key: {key, name, gap, now, last, standard, meets, words, groups [{group, value, words}], unequal}}
    index {organisations [{key, name, role, has_accounts, do_nothing, hoped, resourced (by year), words}],
           schemes [{key, name, owner, lead, lead_name, stage_words, tag, change, gaps, prevention, is_plug, saving,
           saving_found (last year), words}], areas [{key, name, people_words}]}
    figures {positions | bridge | years: {title, html, name, csv}}     figures.py; csv = text of data/<name>.csv

Beside it, from other runs on the same version, each a dict of plain values with fingerprint, draws and seed:

    stress_brief(whole, run)    brief/stress.py
      headline, few, sentences [words], answers [[question, answer]]
      gaps [{key, heading, words, hoped, resourced (money: share of draws in balance, null for a pressure),
             measures [{key, name, hoped, resourced, words}]}]
      schemes {key: {chance (null: not kept), least, most (between what it lies), stated, low, middle, high (what it
               brings in the last year, GBP), paid_back, words}}
      organisations {key: {low, middle, high (short, last year), balanced, words}}, missing [words]
    choice_brief(choice)        brief/choice.py
      aim, headline, answers [words], sets [{key, name, schemes, is_chosen, money, low, high, broken}],
      schemes {key: {chosen, start, words}}, notes [words]
    sharing_brief(sharing)      brief/sharing.py
      years, headline, answers [words], organisations {key: {player, by_year, worth, worst, worst_year, trough,
      chance_worse, transfer, after, with_others, words}}, rule, form, payments [{payer, payee, a_year, vehicle}],
      missing [words]
"""

from tripleaim.reports.brief.brief import Brief, brief_of, make_brief, pieces, read_brief, stored
from tripleaim.reports.brief.choice import choice_brief
from tripleaim.reports.brief.links import in_address
from tripleaim.reports.brief.sharing import sharing_brief
from tripleaim.reports.brief.stress import stress_brief

__all__ = [
    "Brief",
    "brief_of",
    "choice_brief",
    "in_address",
    "make_brief",
    "pieces",
    "read_brief",
    "sharing_brief",
    "stored",
    "stress_brief",
]
