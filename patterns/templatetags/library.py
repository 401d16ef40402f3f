"""Words for templates: values as files write them, said as a person would."""

from django import template

from patterns.queries.facets import words

register = template.Library()
register.filter("words", words)
