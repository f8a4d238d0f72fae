"""Has anyone ever done it? A plan's claims held against what happened elsewhere, and the plan run on that instead."""
