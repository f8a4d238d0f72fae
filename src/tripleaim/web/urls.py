"""Every address of the workspace."""

from __future__ import annotations

from django.urls import include, path

from tripleaim.web.api.application import URLS as API
from tripleaim.web.workspace.views import accounts, refusals

urlpatterns = [
    path("account/", include(accounts.URLS)),
    path("api/v1/", API),
    path("", include("tripleaim.web.workspace.urls")),
]
handler400 = refusals.not_understood
handler403 = refusals.not_allowed
handler404 = refusals.not_found
handler500 = refusals.our_fault
