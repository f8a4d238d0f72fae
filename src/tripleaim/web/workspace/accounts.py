"""How accounts are opened and signed in to: by invitation alone, whoever vouches for the address.

An account is the person's own. The sign-in of an organisation opens it only when the person, signed in, has tied the
two together, or has accepted an invitation by it: a provider that says "this is her address" opens nobody's account.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from tripleaim.web.workspace.actions.people import accept_with_new_account, open_invitation
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import Person

ACCEPTING = "accepting"
"""In a session: the token of the invitation that its reader is accepting by their organisation's own sign-in."""
WAIT = "There were too many tries. Wait five minutes, then try again. Nothing was changed."
WRONG_CODE = "This code does not fit. Codes change every half minute and work once: type the next one."


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and a refusal is told in plain words."""

    error_messages = {  # noqa: RUF012 - as it is in the class it extends
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account has been closed. Ask a convenor of your place to open it again.",
        "email_password_mismatch": "No account has this address with this password. Look at both and try again.",
        "enter_current_password": "This is not your password as it is now. Type it again.",
        "incorrect_password": "This is not your password. Type it again.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "This link has been used, or it is too old.",
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an invitation opens an account."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of the account."""
        return reverse("account")


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step at sign-in, told in plain words."""

    error_messages = {  # noqa: RUF012 - as it is in the class it extends
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Recovery codes stand in for the second step: turn that on first.",
    }


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-in: for who has tied it to an account, and who accepts an invitation by it."""

    error_messages = {  # noqa: RUF012 - as it is in the class it extends
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": "Without it you could not sign in any more. Choose a password first, then untie it.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Closed, as above: an invitation was turned into an account before this is asked."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Turn the invitation that is being accepted into an account of the person whose address was vouched for."""
        token = request.session.pop(ACCEPTING, None)
        if token is None or sociallogin.is_existing or request.user.is_authenticated:
            return
        invitation = open_invitation(token)
        if invitation is None or invitation.email not in _vouched_for(sociallogin):
            raise ImmediateHttpResponse(redirect(f"{reverse('invitation', args=[token])}?other=1"))
        try:
            with transaction.atomic():
                person = accept_with_new_account(token, _name(sociallogin) or invitation.email, None)
                sociallogin.connect(request, person)
        except NotNow:
            raise ImmediateHttpResponse(redirect("invitation", token)) from None

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the page of the account."""
        return reverse("account")

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Person:
        """The person as the provider describes them: an address and a name."""
        person: Person = sociallogin.user
        person.email = str(data.get("email") or "").lower()
        person.name = str(data.get("name") or "")[:120]
        return person


def offered(request: HttpRequest) -> dict[str, Any]:
    """What every page may say of this installation's ways in: the name of an organisation's own sign-in, empty where
    there is none, and whether letters go out."""
    return {"own_sign_in": settings.SIGN_IN_WITH, "sends_letters": settings.SENDS_LETTERS}


def _vouched_for(sociallogin: Any) -> set[str]:
    """The addresses that the provider says it has verified."""
    return {address.email.lower() for address in sociallogin.email_addresses if address.verified is True}


def _name(sociallogin: Any) -> str:
    """What the provider calls the person."""
    return str(sociallogin.user.name).strip()
