"""The pages of an account: the ones of allauth that we offer, under its names, and our own page above them.

Everything that allauth can do and we do not offer, such as signing up, is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as own_sign_in
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_GET

from tripleaim.web.workspace.views.frame import own_page
from tripleaim.web.workspace.views.onward import reader

View = Callable[..., HttpResponse]


def refusals_told(view: View) -> View:
    """A page of allauth that answers a refused form with 422, as ours do."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return shown


def where_set_up(view: View) -> View:
    """A page that is there only where an organisation's own sign-in has been set up."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not settings.SIGN_IN_WITH:
            raise Http404
        return view(request, *args, **named)

    return shown


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What belongs to the reader's account, and what they can change of it."""
    person = reader(request)
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    told: dict[str, Any] = {
        "has_password": person.has_usable_password(),
        "second_step": Authenticator.Type.TOTP in kinds,
        "tied": settings.SIGN_IN_WITH and SocialAccount.objects.filter(user_id=person.pk).exists(),
        "sign_in_with": settings.SIGN_IN_WITH,
        "asked": "welcome" in request.GET and not person.has_usable_password(),
    }
    return own_page(request, "account/mine.html", **told)


def not_there(request: HttpRequest, **parts: str) -> HttpResponse:
    """What allauth would offer here, and we do not."""
    raise Http404


URLS: list[URLPattern] = [
    path("", mine, name="account"),
    path("login/", refusals_told(account.login), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", refusals_told(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", refusals_told(account.password_change), name="account_change_password"),
    path("password/set/", refusals_told(account.password_set), name="account_set_password"),
    path("password/reset/", refusals_told(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        refusals_told(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/", second_step.index, name="mfa_index"),
    path("2fa/authenticate/", refusals_told(second_step.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", refusals_told(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", refusals_told(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", refusals_told(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        refusals_told(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("3rdparty/", where_set_up(refusals_told(own_sign_in.connections)), name="socialaccount_connections"),
    path("3rdparty/login/cancelled/", where_set_up(own_sign_in.login_cancelled), name="socialaccount_login_cancelled"),
    path("oidc/<str:provider_id>/login/", where_set_up(openid.login), name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", where_set_up(openid.callback), name="openid_connect_callback"),
    # Names that allauth looks up while it works; behind them is nothing.
    path("signup/", not_there, name="account_signup"),
    path("email/", not_there, name="account_email"),
    path("confirm-email/", not_there, name="account_email_verification_sent"),
    path("3rdparty/signup/", not_there, name="socialaccount_signup"),
    path("3rdparty/login/error/", not_there, name="socialaccount_login_error"),
]
"""Under account/."""
