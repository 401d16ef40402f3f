"""Sentences of django-allauth and Django that people read here, named so that our catalogues say them in our tone.

What stands in a catalogue of this site is used before the one that came with a package. Nothing reads these names.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

LABELS: Final = (
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("Authenticator code"),
    _("Use your password"),
    _("Use authenticator app or code"),
)
ERRORS: Final = (
    _("This account is currently inactive."),
    _("You cannot remove your primary email address."),
    _("This email address is already associated with this account."),
    _("The email address and/or password you specified are not correct."),
    _("A user is already registered with this email address."),
    _("Please type your current password."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("Invalid login."),
    _("The password reset token was invalid."),
    _("Too many failed login attempts. Try again later."),
    _("The email address is not assigned to any user account."),
    _("Your primary email address must be verified."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("You must type the same password each time."),
    _("You must type the same email each time."),
    _("Enter a valid email address."),
    _("This field is required."),
    _("The two password fields didn’t match."),
)
SECOND_STEP: Final = (
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
)
ELSEWHERE: Final = (
    _(
        "An account already exists with this email address. Please sign in to that account first, then connect your %s "
        "account."
    ),
    _("Invalid token."),
    _("Your account has no password set up."),
    _("Your account has no verified email address."),
    _("You cannot disconnect your last remaining third-party account."),
    _("The third-party account is already connected to a different account."),
)
