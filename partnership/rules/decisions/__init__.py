"""Is the record of a decision valid? `decisions` in a meeting, `urgent_decisions` and `written_resolutions` outside.

`voting` counts over a stated base; `decision_sentences` says all of it in words.
"""
