"""The workspace for programs: what pages show, as JSON, under a person's own token.

Everything under /api/v1/. Documented at /api/v1/docs, from this code, served by this server.
"""
