"""The trade's figures, in one place."""

HOLD_MINUTES = 10
HOLDS_PER_GUEST = 3
RETRY_MINUTES = 5
"""How long a released payment leaves at least, to try again."""
RETRIES = 3
"""How often it does: then a time runs out when it would have, or failing cards could keep an evening from everybody."""

REQUEST_HOURS = 24
"""A chef's time to answer a paid request; it never outlasts the start."""

COMPLETE_AFTER_HOURS = 24
NO_SHOW_AFTER_MINUTES = 30
PAYOUT_DAYS = 2
"""After the end: so long both sides may dispute, and so long the money waits in escrow."""

PROPOSAL_HOURS = 24
"""How long a proposal of another time waits; it never outlasts either start."""

REPLY_EDIT_HOURS = 48
COMMISSION_BASIS_POINTS = 1_000

REVIEW_DAYS = 14
PRIOR_REVIEWS = 5
"""Weight of the average chef in a Bayesian average: a chef with five reviews stands halfway to the average."""

PRIOR_RATING = 4.3
"""The average chef's rating while there are no reviews at all."""

TURNAROUND_MINUTES = 60
NOTICE_HOURS = 24
HORIZON_DAYS = 90
SLOT_RANGE_DAYS = 62
"""The longest range that one request for free times may ask for."""

KEEP_HOLDS_DAYS = 7
