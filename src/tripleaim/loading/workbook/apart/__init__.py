"""Reads a workbook apart: in a process of its own, with limits, so that no file can hurt the program that asked.

Only Python's standard library is used, and modules name each other relatively: the process starts from this folder
alone, in a few milliseconds, and never imports the rest of the package.
"""
