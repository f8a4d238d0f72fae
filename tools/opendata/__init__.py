"""How the published data of the 44 footprints is put into the package: one file a noun."""
