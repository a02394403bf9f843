"""What names a neighbour in a letter, and what is only English (ruling 3)."""

import pytest

from portal.complaints.neighbours import named_in

NAMED = [
    ("Edna Marsh", "As Edna Marsh told us.", "Edna Marsh"),
    ("Edna Marsh", "As Edna\nMarsh told us.", "Edna\nMarsh"),
    ("Edna Marsh", "EDNA MARSH rang.", "EDNA MARSH"),
    ("edna marsh", "Edna rang.", "Edna"),
    ("Edna Marsh", "Edna’s light was out.", "Edna"),
    ("Edna Marsh", "We saw Mrs Marsh.", "Mrs Marsh"),
    ("Edna Marsh", "We saw Mrs. E. Marsh.", "Mrs. E. Marsh"),
    ("Edna Marsh", "We wrote to E Marsh.", "E Marsh"),
    ("Mrs E. Marsh", "Dr Marsh came.", "Dr Marsh"),
    ("Samira Haddad", "The Haddad home.", "Haddad"),
    ("Rose Hill", "As Rose Hill said.", "Rose Hill"),
    ("Rose Hill", "As Rose Ann Hill said.", "Rose Ann Hill"),
    ("Rose Ann Hill", "As Rose Hill said.", "Rose Hill"),
    ("Rose Hill", "Miss Hill rang.", "Miss Hill"),
    ("Rose Hill", "Ms Rose Hill rang.", "Rose Hill"),
    ("Will May", "Mr May and you.", "Mr May"),
    ("Will May", "W. May and you.", "W. May"),
    ("Ignatius Vane-Mbeki", "Mbeki’s door.", "Mbeki"),
    ("Rose Hill-Wood", "Rose Hill-Wood rang.", "Rose Hill-Wood"),
    ("Wei Ng", "Mrs Ng’s door.", "Mrs Ng"),
    ("Zoë Bright", "Zoë’s door.", "Zoë"),
    ("سميرة حداد", "باب حداد", "حداد"),
    ("李明", "李明 的门", "李明"),
]
"""A neighbour's name, what was typed, and what of it names them."""


@pytest.mark.parametrize(("name", "typed", "found"), NAMED)
def test_ruling_3_a_name_that_points_at_somebody_is_found(name: str, typed: str, found: str) -> None:
    assert found in list(named_in(name, typed, typed))


ENGLISH = [
    ("Will May", "May we come in May? Will that do? It will, and it may not."),
    ("Rose Hill", "The rent rose. It is on the hill. Rose bushes. Hill Street is shut."),
    ("Rose Hill", "Mr Okoro rose on the hill."),
    ("Mark Wood", "Mark the wood rot with chalk. Wood is dear."),
    ("Grace Green", "A period of grace. Green bins. Mrs Okoro’s green door."),
    ("Edna Marsh", "The marsh floods. ednas are not names here, nor is marshland."),
    ("Samira Haddad", "Nothing of anybody. The haddad and samira of no capital."),
    ("Penny Banks", "Every penny that the banks took. Banks are shut."),
    ("Rose", "Rose and fell. The water rose."),
    ("", "Anything."),
    ("Mrs", "Mrs Okoro."),
]
"""A neighbour's name, and words of English that hold parts of it and name nobody."""


@pytest.mark.parametrize(("name", "typed"), ENGLISH)
def test_ruling_3_what_is_only_english_stops_no_letter(name: str, typed: str) -> None:
    assert list(named_in(name, typed, typed)) == []


def test_ruling_3_what_this_home_is_called_too_is_nobody_else_s() -> None:
    typed = "Dear Mrs Haddad, and Mr Hill."
    assert list(named_in("Omar Haddad", typed, typed, but=["Samira Haddad"])) == []
    assert list(named_in("Rose Hill", typed, typed, but=["Mark Hill"])) == []
    assert list(named_in("Omar Haddad", "Omar rang.", "Omar rang.", but=["Samira Haddad"])) == ["Omar"]
    assert list(named_in("Samira Haddad", "Samira Haddad", "Samira Haddad", but=["Samira  Haddad".replace("  ", " ")])) == []


def test_ruling_3_a_whole_name_is_found_anywhere_and_a_part_only_in_what_was_typed() -> None:
    assert list(named_in("Edna Marsh", "Our own Edna, of the office.", "")) == []
    assert list(named_in("Edna Marsh", "Edna Marsh", "")) == ["Edna Marsh"]
