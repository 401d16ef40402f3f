"""Two ways to use a page: with a pointer, and with the keyboard alone, so that one walk is written once for both."""

from typing import Any, Protocol

FARTHEST = 250  # stops of the Tab key; a page on which more lie before a thing keeps it from whoever has no pointer


class Hands(Protocol):
    """What a person does to a thing on a page."""

    def press(self, thing: Any) -> None: ...
    def write(self, thing: Any, text: str) -> None: ...
    def tick(self, thing: Any) -> None: ...
    def choose(self, thing: Any, label: str) -> None: ...


class Pointer:
    """Clicks, as most people do."""

    def press(self, thing: Any) -> None:
        thing.click()

    def write(self, thing: Any, text: str) -> None:
        thing.fill(text)

    def tick(self, thing: Any) -> None:
        thing.check()

    def choose(self, thing: Any, label: str) -> None:
        thing.select_option(label=label)


class Keys:
    """Goes from stop to stop with Tab, and does with keys whatever it does."""

    def press(self, thing: Any) -> None:
        self._go_to(thing).press("Enter")

    def write(self, thing: Any, text: str) -> None:
        keys = self._go_to(thing)
        keys.press("ControlOrMeta+a")
        keys.insert_text(text)

    def tick(self, thing: Any) -> None:
        if not thing.is_checked():
            self._go_to(thing).press("Space")

    def choose(self, thing: Any, label: str) -> None:
        self._go_to(thing).type(label)

    def _go_to(self, thing: Any) -> Any:
        """Press Tab until `thing` has the focus, on a fresh page past the menu; return the keyboard."""
        keys = thing.page.keyboard
        thing.wait_for()
        if thing.evaluate("node => document.activeElement === document.body && !!node.closest('main')"):
            keys.press("Tab")
            if thing.page.evaluate("document.activeElement.matches('.skip-link')"):
                keys.press("Enter")
        for _ in range(FARTHEST):
            if thing.evaluate("node => node === document.activeElement"):
                return keys
            keys.press("Tab")
        raise AssertionError("The keyboard does not reach it.")
