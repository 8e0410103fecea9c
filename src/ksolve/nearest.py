"""The known name that is nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from ksolve.text import Text


def nearest(name: str, known: Iterable[str]) -> Text:
    """Return a remedy: the nearest known name, or all of them where none is near."""
    from difflib import get_close_matches  # only where a name is wrong

    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return Text(f"「{near[0]}」ではありませんか", f"did you mean {near[0]}?")
    listed = "、".join(names[:20])
    return Text(f"使えるもの: {listed}", f"known: {', '.join(names[:20])}") if names else _NONE


_NONE = Text("使えるものが一つもありません", "nothing of that kind is known")
