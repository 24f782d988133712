"""What concerns a change set as a whole: its dates by scope, the amending act, the effect, the summary."""
