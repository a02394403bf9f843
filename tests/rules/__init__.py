"""The rules, tested alone: no database, no pages, no clock."""
