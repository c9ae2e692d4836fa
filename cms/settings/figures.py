"""The programme's own figures: days, limits and counts."""

LISTING_LIFE_DAYS = 183
LISTING_REMINDER_DAYS = (30, 7, 0)
INTRODUCTION_LIFE_DAYS = 10
INTRODUCTIONS_OPEN_SENT, INTRODUCTIONS_OPEN_RECEIVED = 5, 10
INTRODUCTION_COOL_DOWN_DAYS = 60
INTRODUCTIONS_TAKEN_BACK = 2  # so often within the cool-down, then no more for a while
VENTURE_DISSENTS = 20  # of one partner beside one venture
VENTURES_PROPOSED, VENTURES_PROPOSED_DAYS = 3, 30  # to the same partner, unsigned
INTRODUCTION_HOLD_DAYS = 10
ATTACHMENTS_KEPT_DAYS = 30  # after the end of the introduction they were sent in
# Between these days after a block ends, one by one, what stood under other aliases.
INTRODUCTION_PARTS_DAYS = (3, 21)
INTRODUCTION_REMINDERS = (6, 2)  # days left to answer
SMALLEST_SHOWN_COUNT = 5
SEARCHES_A_MINUTE = 40
MEETINGS_PROPOSED, MEETINGS_PROPOSED_DAYS = 6, 7  # by one side in one introduction
MEETINGS_AHEAD_DAYS = 180  # no time is proposed further away
MEETINGS_KEPT_DAYS = (
    30  # where one met, and after the end of the introduction all of it
)
