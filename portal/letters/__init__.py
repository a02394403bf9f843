"""COMPOSING: facts in, words out, in a language and a form; pure."""
