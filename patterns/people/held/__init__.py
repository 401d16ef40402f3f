"""What the library room holds of people, registered with `patterns.people.holdings`."""

from patterns.people.held import account, collections, work


def register_all() -> None:
    account.register_holdings()
    collections.register_holdings()
    work.register_holdings()
