"""Say a role in words."""

from django import template

from patterns.enums import Role

register = template.Library()


@register.filter
def role_label(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role
