"""The API as one application: its routes, its words for refusals, its own documentation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from ninja import NinjaAPI, Swagger

from tripleaim.web.api.door import tell_refusals
from tripleaim.web.api.drafts import router as drafts
from tripleaim.web.api.places import router as places
from tripleaim.web.api.runs import router as runs

api = NinjaAPI(
    title="Triple Aim",
    version="1",
    description="The workspace for programs. Send a token, made under “My account”: `Authorization: Bearer …`.",
    docs=Swagger(settings={"persistAuthorization": False}),
    docs_url="/docs",
    docs_decorator=login_required,
    urls_namespace="api",
)
tell_refusals(api)
api.add_router("", places)
api.add_router("", drafts)
api.add_router("", runs)

URLS = api.urls
"""Addresses under /api/v1/. Each route asks for its token itself; only the documentation asks to sign in."""
for _pattern in URLS[0]:
    setattr(_pattern.callback, "login_required", False)  # noqa: B010 - an attribute that functions do not declare
