"""WHAT IS KNOWN TO WORK? A library of published effects, and claims held against them."""
