"""What is held on a person: a copy of it for them, its erasure, and its end after its time."""
