"""DELIVERY: the outbox, SMTP, print queue, may_send."""
