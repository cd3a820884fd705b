"""The command line: `shuke WORD …` for scripts and schedulers, one module a group of words."""
