"""REMEMBER. The only package that speaks SQL."""
