"""Words that say the opposite of each other, so that a sentence that turns its source round is not called supported."""

_PAIRS = """
    accept reject, add remove, advantage disadvantage, agree disagree, all none, allow forbid, allow prevent,
    always never, ascend descend, attract repel, before after, begin end, best worst, better worse, big small,
    bind free, both neither, build destroy, buy sell, central decentral, centralize decentralize, centralise
    decentralise, cheap expensive, common rare, cooperative competitive, cooperate compete, early late, earn
    spend, easy hard, easy difficult, encourage discourage, enable prevent, exclude include, external internal,
    fail succeed, failure success, fast slow, few many, first last, formal informal, gain lose, gain loss, give
    take, global local, good bad, grow shrink, growth decline, harm help, hide show, high low, higher lower,
    increase decrease, increase reduce, individual collective, inside outside, join leave, keep lose, large
    small, larger smaller, left right, legal illegal, long short, longer shorter, majority minority, maximum
    minimum, more less, most least, near far, necessary unnecessary, old new, open closed, open close, optional
    mandatory, optional required, often rarely, often seldom, permanent temporary, positive negative, private
    public, private common, profit loss, raise lower, rich poor, rise fall, safe dangerous, same different,
    secret open, separate joint, shared private, start stop, start end, strengthen weaken, strong weak, support
    oppose, top bottom, trust distrust, up down, voluntary compulsory, win lose, with without, young old"""
_ALWAYS: dict[str, set[str]] = {}
for _pair in _PAIRS.split(","):
    _one, _other = _pair.split()
    _ALWAYS.setdefault(_one, set()).add(_other)
    _ALWAYS.setdefault(_other, set()).add(_one)
_ENDINGS = ("", "s", "d", "ed", "es", "ing")
OPPOSITES: dict[str, frozenset[str]] = {
    word + ending: frozenset(other + more for other in others for more in _ENDINGS)
    for word, others in _ALWAYS.items()
    for ending in _ENDINGS
}
_PREFIXES = ("un", "dis", "non", "in", "im", "ir")
_ALONE = "famous valuable flammable tension form tended cover order count port press prove"  # infamous is no opposite
_NO_OPPOSITES = frozenset(_ALONE.split())
SHORTEST = 4  # letters of a word that a prefix turns


def opposed(word: str, words: frozenset[str]) -> bool:
    """Whether `words` has an opposite of `word` (both lower case): safe and dangerous, safe and unsafe."""
    if not words.isdisjoint(OPPOSITES.get(word, ())):
        return True
    if len(word) < SHORTEST or word in _NO_OPPOSITES:
        return False
    turned = {prefix + word for prefix in _PREFIXES}
    bare = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
    turned |= {one for one in bare if len(one) >= SHORTEST and one not in _NO_OPPOSITES}
    return not words.isdisjoint(turned)
