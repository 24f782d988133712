"""India: Acts, Rules, Regulations, notifications and corrigenda as the Gazette and the ministries publish them."""

from tracker.reading.india.cite import cite
from tracker.reading.india.claims import claims
from tracker.reading.india.extract import extract
from tracker.reading.india.facts import facts

__all__ = ["cite", "claims", "extract", "facts"]
