"""axe on many pages of one site: every rule on every page, and each look a text may have once in the other scheme.

The colours of the dark scheme depend on nothing but computed styles. So there a text is judged until one with the same
styles, on the same ground, has passed; what axe did not judge, for whatever reason, is not remembered.
"""

from pathlib import Path
from typing import Any, Final

import axe_playwright_python

AXE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# As a function, the script is read once for all pages of a window, and run where somebody judges.
READY: Final = f"window.bringAxe = () => {{ {AXE}\n}};"
RULES: Final = ["color-contrast", "link-in-text-block"]

# What decides the two rules of colour for each element with words of its own that can be seen, as a number. Words that
# may stand on something else than what they stand in (`floats`) have no look: they are judged on every page. Words that
# only a screen reader meets have no colour.
LOOKS: Final = """
window.looks = () => {
  const grounds = new Map([[null, {ground: '', color: '', floats: false, clipped: false}]]);
  const under = element => {
    if (grounds.has(element)) return grounds.get(element);
    const on = under(element.parentElement), style = getComputedStyle(element);
    const paint = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.backdropFilter,
                   style.mixBlendMode, style.color === on.color ? '' : style.color].join();
    const floats = on.floats || style.transform !== 'none' || /absolute|fixed|sticky/.test(style.position);
    const found = {ground: paint === 'rgba(0, 0, 0, 0),none,1,none,none,normal,' ? on.ground : `${on.ground};${paint}`,
                   color: style.color, floats, clipped: on.clipped || style.clipPath === 'inset(50%)'};
    grounds.set(element, found);
    return found;
  };
  const amongWords = link => {
    let block = link.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const linked = [...block.querySelectorAll('a')].reduce((sum, each) => sum + each.textContent.trim().length, 0);
    return block.textContent.trim().length > linked;
  };
  const hash = text => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
    }
    return (b >>> 0) * 2097152 + (a >>> 11);
  };
  const offscreen = box => box.right <= 0 || box.bottom + scrollY <= 0;
  const found = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const elements = new Set(document.querySelectorAll('input:not([type=hidden]), select, textarea'));
  while (walk.nextNode()) if (walk.currentNode.data.trim()) elements.add(walk.currentNode.parentElement);
  for (const element of elements) {
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const {ground, floats, clipped} = under(element);
    if (clipped || (floats && offscreen(element.getBoundingClientRect()))) continue;
    const style = getComputedStyle(element), link = element.closest('a[href]');
    found.set(element, floats ? 0 : hash([ground, style.color, style.fontSize, style.fontWeight, style.fontStyle,
      style.textDecoration, style.textShadow, style.webkitTextFillColor, style.webkitTextStroke, style.display,
      style.borderBottom, link ? amongWords(link) : ''].join('|')));
  }
  return found;
};
"""
# A fold whose content is shown all the same (the menu, where there is room) is opened: axe takes closed for hidden.
WHOLE: Final = """async () => {
  bringAxe();
  for (const fold of document.querySelectorAll('details:not([open])'))
    if (fold.querySelector(':scope > :not(summary)')?.checkVisibility()) fold.open = true;
  const {violations} = await axe.run(document, {resultTypes: ['violations'], preload: false, selectors: false});
  return violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]);
}"""
UNSEEN: Final = """async ([seen, rules]) => {
  const known = new Set(seen), looks = window.looks();
  const unseen = [...looks].filter(([, look]) => !known.has(look)).map(([element]) => element);
  if (!unseen.length) return {violations: [], passed: []};
  const {violations, passes} = await axe.run({include: unseen}, {
    resultTypes: ['violations', 'passes'], preload: false, elementRef: true, selectors: false,
    runOnly: {type: 'rule', values: rules}});
  const passed = passes.filter(one => one.id === 'color-contrast')
    .flatMap(one => one.nodes.map(node => looks.get(node.element)));
  return {violations: violations.map(one => [one.id, one.nodes[0].html.slice(0, 200)]), passed: passed.filter(Boolean)};
}"""


class Judge:
    """Judges one page after the other; its windows have `READY` and `LOOKS` as scripts of every page."""

    def __init__(self) -> None:
        self._passed: set[int] = set()

    def findings(self, page: Any) -> list[tuple[str, str, str]]:
        """What axe objects to, with the scheme and the element. Leaves the page in the dark scheme."""
        page.emulate_media(color_scheme="light")
        found = [("light", *one) for one in page.evaluate(WHOLE)]
        page.emulate_media(color_scheme="dark")
        dark = page.evaluate(UNSEEN, [sorted(self._passed), RULES])
        if not dark["violations"]:
            self._passed.update(dark["passed"])
        return found + [("dark", *one) for one in dark["violations"]]
