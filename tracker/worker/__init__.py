"""The pipeline's stages as jobs of a fleet, through procrastinate on PostgreSQL; no logic of its own.

A round of a fleet is the round of one machine: ``tracker/pipeline/run.py`` says what each stage does. A *scheduler*
plans, opens the round and watches over it; *workers* do the jobs of its stages; the next stage begins when no job of
the one before is left. Any number of either may run, and any may die.
"""
