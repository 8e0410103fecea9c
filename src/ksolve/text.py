"""A sentence in both languages; a missing language is a type error, not a missing key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence for people, in Japanese and in English.

    ``template.fill(days=3)`` fills ``{days}`` in both; a value that is itself a ``Text``
    is filled in with its own language.
    """

    ja: str
    en: str

    def __call__(self, lang: Lang) -> str:
        """Return the sentence in `lang`."""
        return self.ja if lang == "ja" else self.en

    def fill(self, **values: object) -> Text:
        """Return the sentence with its ``{names}`` replaced. Raises KeyError on a missing one."""
        if not any(isinstance(value, Text) for value in values.values()):
            return Text(self.ja.format(**values), self.en.format(**values))
        return Text(
            self.ja.format(**{key: _in(value, "ja") for key, value in values.items()}),
            self.en.format(**{key: _in(value, "en") for key, value in values.items()}),
        )

    def __add__(self, other: Text) -> Text:
        """Return both sentences, one after the other; English ones with one space between them."""
        apart = not self.en.endswith(_SPACED) and not other.en.startswith(_SPACED + _CLOSING)
        joint = " " if self.en and other.en and apart else ""
        return Text(self.ja + other.ja, self.en + joint + other.en)


_SPACED = (" ", "\n")
_CLOSING = (")", ";", ",", ".")


def counted(number: int | str, one: str, several: str = "") -> str:
    """Return 1 day, 3 days, 1 more of them: a number with an English word that agrees with it."""
    return f"{number} {one if str(number) == '1' else several or one + 's'}"


def plain(word: object) -> Text:
    """Return a word that is the same in both languages: a name, a number, a date."""
    return Text(str(word), str(word))


def _in(value: object, lang: Lang) -> object:
    return value(lang) if isinstance(value, Text) else value
