"""Words for relation kinds in templates."""

from django import template

from patterns.queries.relation_words import kind_word, meaning

register = template.Library()
register.filter("kind_word", kind_word)
register.filter("kind_meaning", meaning)
