"""Constitution and attendance files: YAML text in, values of `partnership.rules` out.

Nothing here knows the database, the clock or the file system. A file that is not right is refused
whole by `problems.BadFile`, which lists every problem with its line, its key and one sentence.
"""
