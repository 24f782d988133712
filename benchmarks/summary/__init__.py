"""One table of every figure that is promised, beside its limit and its peers: ``python -m benchmarks.summary``."""
