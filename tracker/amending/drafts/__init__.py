"""The lineage of drafts: what links a draft to its final text, and the fate of each provision. Pure."""
