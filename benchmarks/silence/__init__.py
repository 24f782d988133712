"""Refuse silence, measured: invented laws in four traditions and twelve languages, as they are and with one defect."""
