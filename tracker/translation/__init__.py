"""Machine translation of law by a configured service: cached, marked, and refused where it lost a fact."""
