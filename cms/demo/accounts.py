"""Who one can sign in as in the demo; development settings only."""

DEMO_PASSWORD = "olives and almonds"  # noqa: S105 - printed on purpose
DEMO_ACCOUNTS = (
    ("Entrepreneur, Haifa", "entrepreneur-haifa@demo.example"),
    ("Entrepreneur, Nablus", "entrepreneur-nablus@demo.example"),
    ("Investor", "investor@demo.example"),
    ("Reviewer, il (staff)", "reviewer@demo.example"),
    ("Reviewer, ps (staff)", "second-reviewer@demo.example"),
    ("Finance (staff)", "finance@demo.example"),
)
