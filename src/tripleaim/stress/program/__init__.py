"""The fast form of a plan: its arithmetic, recorded once as a straight-line program and run over tiles of draws.

`traced` records what the projection does to numbers that are not known yet, `program` cleans the recording up and
`tiles` runs it. There is one statement of the model, the projection's own: what is fast here is only the running.
"""
