"""The benchmarks behind `run bench`, each a ratio against a floor measured in the same run."""
