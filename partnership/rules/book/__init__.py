"""Every rule of a constitution as the sentence a person reads before any meeting; `rule_book` is the whole of it."""
