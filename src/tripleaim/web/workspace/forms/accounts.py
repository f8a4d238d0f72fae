"""Forms of accounts: a new one, an invitation, a token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tripleaim.web.workspace.actions.tokens import DAYS, SCOPES
from tripleaim.web.workspace.models import Partner, Person, Role


class NewAccount(forms.Form):
    """The name and password of somebody who was invited."""

    name = forms.CharField(max_length=120, error_messages={"required": "Write your name, as your colleagues know it."})
    password = forms.CharField(strip=False, max_length=200, error_messages={"required": "Choose a password."})
    again = forms.CharField(strip=False, max_length=200, error_messages={"required": "Type the password once more."})

    def __init__(self, *given: Any, email: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both passwords alike, and one that is hard to guess."""
        told = self.cleaned_data
        if "password" in told:
            try:
                validate_password(told["password"], Person(email=self.email, name=told.get("name", "")))
            except ValidationError as problem:
                self.add_error("password", problem)
        if "password" in told and "again" in told and told["password"] != told["again"]:
            self.add_error("again", "The two passwords differ. Type the same one in both fields.")
        return told


class NewInvitation(forms.Form):
    """Who is invited, for which organisation, to do what."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": "Write the address of the person you invite.",
            "invalid": "An address looks like rowan.ash@example.org. Look at it and write it again.",
        },
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        error_messages={
            "required": "Choose the organisation they belong to.",
            "invalid_choice": "Choose one of the organisations in the list.",
        },
    )
    role = forms.ChoiceField(
        choices=Role.choices,
        error_messages={"required": "Choose what they will do.", "invalid_choice": "Choose one of the roles listed."},
    )

    def __init__(self, *given: Any, partners: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        chosen: Any = self.fields["partner"]
        chosen.queryset = partners


class NewToken(forms.Form):
    """A token: its name, what for, how long."""

    name = forms.CharField(
        max_length=80, error_messages={"required": "Name the token after the program or machine that will use it."}
    )
    scopes = forms.MultipleChoiceField(
        choices=list(SCOPES.items()),
        error_messages={
            "required": "Choose at least one thing that the program may do.",
            "invalid_choice": "Choose from what is listed.",
        },
    )
    days = forms.TypedChoiceField(
        choices=[(days, f"{days} days") for days in DAYS],
        coerce=int,
        error_messages={"required": "Choose how long it lasts.", "invalid_choice": "Choose one of the three."},
    )
