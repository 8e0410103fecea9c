"""A printed schedule kept alive: what has to change is changed, and as little else as can be."""

from ksolve.revise.keeping import Asked, keeping
from ksolve.revise.revising import Revision, revise
from ksolve.revise.wishes import Asking, Wish, WishKind, understood

__all__ = ["Asked", "Asking", "Revision", "Wish", "WishKind", "keeping", "revise", "understood"]
