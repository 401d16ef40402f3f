"""What the library room holds of people, registered with `patterns.people.holdings`."""

from patterns.people.held import account, collections, moderation, told, work


def register_all() -> None:
    account.register_holdings()
    collections.register_holdings()
    work.register_holdings()
    moderation.register_holdings()
    told.register_holdings()
