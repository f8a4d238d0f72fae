"""Building the plan of Norfolk and Waveney from published data; run `tools/build_norfolk.py`."""
