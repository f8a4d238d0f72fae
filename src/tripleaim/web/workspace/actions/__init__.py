"""Every change of what the workspace remembers: one function each, one transaction, one event of the audit.

Each asks the rights first, so that a page, the API and a test are refused alike.
"""
