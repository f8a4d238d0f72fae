"""A tiny valid plan as files: two commissioners, a provider, a council, three lines, a ward pool, two schemes.

`write_tiny(folder)` writes it; `TINY` holds the text of each file, for tests that spoil one.
"""

from __future__ import annotations

from pathlib import Path


def _people(place: str, scale: int) -> str:
    ages = [(0, 50), (1, 48), (2, 60), (3, 70), *((age, 40) for age in range(4, 86))]
    return "".join(
        f"{place},{year},persons,{age},{persons * scale + year - 2014},census\n"
        for year in (2014, 2015)
        for age, persons in ages
    )


TINY: dict[str, str] = {
    "plan.toml": """\
format = 1
name = "Tiny plan"
place = "tinyshire"
first_year = "2016/17"
years = 2
price_base = "2015/16"
regime = "stp-2016"
version = "1"
dated = "2016-10-21"
invented = true
not_known = ["Specialised care, prescribing and everything else: this is a test."]
""",
    "sources.csv": """\
key,kind,title
census,published,Mid-year estimates
guess,illustrative,A made-up figure
""",
    "places.csv": """\
key,name,kind,source
tinyshire,Tinyshire,footprint,census
east,East Tinyshire,commissioner,census
""",
    "organisations.csv": """\
key,name,role,place,accounts,reserves,least_reserves,source
east_ccg,East commissioner,commissioner,east,yes,,,census
west_ccg,West commissioner,commissioner,,yes,,,census
hospital,Tiny Hospital,provider,tinyshire,yes,,,census
council,Tinyshire Council,council,tinyshire,yes,5000000,1000000,census
""",
    "population.csv": "place,year,sex,age,persons,source\n" + _people("tinyshire", 10) + _people("east", 4),
    "age_profiles.csv": """\
profile,sex,age_from,age_to,rate,age_share,source
older,persons,0,2,0.1,,guess
older,persons,3,120,0.4,,guess
shares,persons,0,3,,0.25,guess
shares,persons,4,120,,0.75,guess
""",
    "activity.csv": """\
key,name,care,population,provider,commissioner,baseline,unit,age_profile,growth,growth_low,growth_high,growth_kind,\
length_of_stay,bed_pool,unit_cost,price,contract,source
emergency,Emergency stays,non_elective_spell,tinyshire,hospital,east_ccg,4000,spell,older,0.02,0.01,0.03,gross,\
5.5,wards,2500,2600,main,guess
casualty,A&E,ae_attendance,east,hospital,west_ccg,20000,attendance,,0.01,,,net_of_past_effort,,,150,,block,guess
home_care,Care at home,home_care_hour,tinyshire,council,council,90000,hour,shares,0,,,gross,,,17,,,guess
""",
    "planned_units.csv": "line,year,units,source\nemergency,2016/17,4050,guess\n",
    "contracts.csv": """\
key,name,form,tariff,marginal,threshold,kept_for,source
main,Main contract,marginal,national,0.7,1,outside:readmissions,guess
block,Casualty block,block,,,,,guess
""",
    "capacity.csv": """\
key,name,provider,kind,open_beds,target_occupancy,target_occupancy_low,target_occupancy_high,source
wards,General wards,hospital,general_acute,84,0.92,0.85,0.95,guess
""",
    "budgets.csv": """\
key,organisation,name,side,pool,amount,index,growth,age_profile,counterparty,from_year,source
hospital_pay,hospital,Pay,cost,pay,14000000,pay,0,,outside:resources,,guess
hospital_training,hospital,Training levy,income,other,500000,,0,,outside:training,,guess
east_drugs,east_ccg,Prescribing,cost,prescribing,3000000,pay,0,older,outside:pharmacies,,guess
east_grant,east_ccg,Grant to the hospital,cost,other,100000,,0,,hospital,,guess
council_tax,council,Council tax,income,council_tax,4000000,,0,,outside:residents,,guess
""",
    "allocations.csv": """\
organisation,year,kind,amount,recurrent,source
east_ccg,2015/16,core,13000000,yes,guess
east_ccg,2016/17,core,13200000,yes,guess
east_ccg,2017/18,core,13400000,yes,guess
west_ccg,2015/16,core,3000000,yes,guess
west_ccg,2016/17,core,3050000,yes,guess
west_ccg,2017/18,core,3100000,yes,guess
west_ccg,2016/17,winter,100000,no,guess
""",
    "indices.csv": """\
index,year,change,change_low,change_high,source
pay,2016/17,0.01,0.01,0.02,guess
pay,2017/18,0.01,,,guess
""",
    "tariffs.csv": """\
tariff,year,inflation,efficiency,source
national,2016/17,0.031,0.02,guess
national,2017/18,0.021,0.02,guess
""",
    "control_totals.csv": "organisation,year,amount,fund,source\nhospital,2016/17,-1000000,500000,guess\n",
    "council_measures.csv": "organisation,year,kind,amount,source\ncouncil,2016/17,reserves,1000000,guess\n",
    "workforce.csv": """\
organisation,group,in_post,joiners,cost,source
hospital,nurses,150,15,41000,guess
council,care_workers,60,20,22000,guess
""",
    "posts_available.csv": "organisation,group,year,posts,source\ncouncil,care_workers,2016/17,6,guess\n",
    "staffing.csv": """\
organisation,group,line,bed_pool,wte,source
hospital,nurses,,wards,38,guess
council,care_workers,home_care,,0.0006,guess
""",
    "schemes.csv": """\
key,name,summary,change,gaps,category,owner,lead,start,partners,needs,excludes,overlaps,travel,harm,source
home_first,Home first,Home sooner.,changes,care;money,new_care_model,Director of nursing,hospital,2016-10,council,,,,\
,,guess
night_close,Casualty closes at night,Closed from ten.,stops,money,reconfiguration,Chief executive,hospital,2017-04,\
east_ccg;west_ccg,home_first,,,Twelve miles further at night; drive times mapped.,Longer waits for an ambulance.,guess
""",
    "effects.csv": """\
key,scheme,kind,target,effect,effect_low,effect_high,eligible,uptake,fidelity,to_line,ratio,stay_ratio,cost_ratio,\
counterparty,claimed_by,continues_past_effort,evidence,source
e_avoid,home_first,avoid,emergency,0.2,0.1,0.3,0.3,0.8,0.9,,,0.8,0.9,,,no,I002,guess
e_shift,night_close,shift,casualty,0.1,,,,,,emergency,0.05,,,,,no,,guess
e_save,home_first,save,hospital_pay,0.01,,,,,,,,,,,,no,,guess
e_income,home_first,income,hospital,10000,,,,,,,,,,outside:residents,,no,,guess
e_improve,home_first,improve,at_home,0.1,,,,,,,,,,,,no,,guess
""",
    "costs.csv": """\
key,scheme,kind,organisation,year,amount,months,index,funded,source
c_run,home_first,running,council,,300000,,pay,,guess
c_double,home_first,double_running,hospital,,20000,3,,,guess
c_build,night_close,capital,hospital,2017/18,400000,,,250000,guess
""",
    "posts.csv": "scheme,organisation,group,wte,source\nhome_first,council,care_workers,5,guess\n",
    "actions.csv": "scheme,action,owner,due,source\nhome_first,Recruit the team,Head of care,2016-12,guess\n",
    "indicators.csv": """\
key,name,gap,place,scale,higher_is_better,baseline,standard,line,additions_ratio,provider,source
at_home,Still at home after 91 days,care,tinyshire,proportion,yes,0.8,0.85,,,,guess
waiting,Waiting list,care,tinyshire,waiting_list,no,900,500,emergency,0.2,,guess
four_hours,Seen within four hours,care,tinyshire,ae_response,yes,88,95,,,hospital,guess
""",
    "indicator_groups.csv": """\
indicator,kind,group,rank,population,value,source
at_home,deprivation_fifth,1,1,500,0.7,guess
at_home,deprivation_fifth,5,5,500,0.9,guess
""",
    "assumptions.csv": """\
key,name,value,value_low,value_high,unit,confidence,source
release_share,Share set free,0.3,0.2,0.4,fraction of unit cost,middle,guess
""",
    "success_factors.csv": "scheme,factor,in_place,how,source\nhome_first,trained_staff,no,,guess\n",
    "promises.csv": """\
key,name,family,year,promised,delivered,unit,source
old,Fewer falls,prevention,2014/15,100,40,falls a year,guess
""",
    "choice_limits.csv": """\
key,name,kind,of,year,amount,source
new_money,New money for schemes,revenue,,,500000,guess
carers,Care workers schemes may take,staff,council/care_workers,2016/17,5,guess
fair_east,A fair share for the east,place,east,,0.2,guess
""",
    "aim_weights.csv": """\
organisation,gap,points,source
council,health,50,guess
council,care,30,guess
council,money,20,guess
""",
    "leadership_hours.csv": "scheme,organisation,year,hours,source\nhome_first,council,2016/17,200,guess\n",
    "least_volumes.csv": "line,units,why,source\ncasualty,9000,Fewer do not keep up the skill.,guess\n",
    "risk_shares.csv": """\
organisation,share,loss_cap,gain_cap,source
east_ccg,0.4,100000,,guess
council,0.6,50000,80000,guess
""",
    "payment_proposals.csv": """\
proposal,name,from_year,form,rate,source
calm,Block and then blended,,block,,guess
calm,Block and then blended,2017/18,blended,0.3,guess
""",
    "drivers.csv": """\
driver,inputs,share,moves,name,source
weather,activity/*/growth,0.3,up,The weather,guess
""",
    "shapes.csv": "inputs,family,source\neffects/e_avoid/effect,discrete,guess\n",
    "own_tests.csv": "key,name,sentence,source\nless,Less,Every budget is a tenth less.,guess\n",
    "own_test_changes.csv": """\
test,table,rows,where,field,operation,amount,source
less,budgets,*,side=income,amount,multiply,0.9,guess
""",
    "stated.csv": """\
key,name,measure,year,amount,placed_with,source
gap,The gap as printed,gap,2017/18,3000000,do_nothing_gap,guess
""",
}


def write_tiny(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the tiny plan, with some files changed, or left out where the change is None."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**TINY, **(changes or {})}.items():
        if isinstance(text, bytes):
            (folder / name).write_bytes(text)
        elif text is not None:
            (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder
