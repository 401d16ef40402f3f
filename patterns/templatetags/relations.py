"""Words for relation kinds, and for what was done, in templates."""

from django import template

from patterns.queries.relation_words import kind_word, meaning
from patterns.syndication.telling import act_in_words

register = template.Library()
register.filter("act_in_words", act_in_words)
register.filter("kind_word", kind_word)
register.filter("kind_meaning", meaning)
