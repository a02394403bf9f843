"""What is said, in the language itself, where a machine drafted the words and nobody has approved all of them."""

from portal.i18n import lazy_gettext as _l

DRAFTED = _l("A machine translated these words, and nobody has checked them yet. Where they differ from the English, the English counts.")
ENGLISH_BELOW = _l("The same in English is below.")
IN_ENGLISH = _l("In English")
