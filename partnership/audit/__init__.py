"""The audit trail: what was done, refused and handed out, sealed so that nothing of it changes unnoticed."""
