"""Marks the words that the rules hand out, so that pages and letters can translate them."""


def N_(message: str) -> str:
    """The same message id, noticed by the translations' extraction; parameters are written %(name)s."""
    return message
