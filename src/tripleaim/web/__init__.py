"""The shared workspace in a browser: every partner of a place on the same plan.

A Django project round the pure floors below it: `workspace/` keeps records and shows pages, and calls the rules of the
house for every number. Started by `python -m tripleaim.web`, which `tripleaim serve` does.
"""
