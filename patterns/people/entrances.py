"""django-allauth's ways in, behind this site's own limits and traps; everything else of it stays as it is."""

from allauth.account import views

from patterns.people.guarded import limited, trapped

sign_up = trapped(limited("sign-up")(views.signup))
sign_in = limited("sign-in")(views.login)
reset = trapped(limited("reset")(views.password_reset))
