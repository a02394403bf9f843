"""Marks the words that the rules hand out, so that pages and letters can translate them."""

CONTEXT = "\4"
"""What stands between a context and its message, as catalogues keep the two."""


def N_(message: str) -> str:
    """The same message id, noticed by the translations' extraction; parameters are written %(name)s."""
    return message


def NP_(context: str, message: str) -> str:
    """The id of a message that other languages say in another way in another place: what is asked, or spoken of, there."""
    return f"{context}{CONTEXT}{message}"
