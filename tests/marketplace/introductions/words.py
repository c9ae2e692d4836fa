"""What a request says, in tests that do not care."""

FIVE = {
    "i_bring": "Chilled vans",
    "i_need": "Sealed jars",
    "why_you": "Your volume fits",
    "first_step": "A trial pallet",
    "constraints": "No deliveries on holidays",
}
