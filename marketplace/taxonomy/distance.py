"""How far apart two districts are, told in bands coarse enough to give nobody away."""

from math import asin, cos, radians, sin, sqrt

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EARTH_RADIUS_KM = 6371.0


class DistanceBand(TextChoices):
    """As the crow flies between district centres; never a way, never a travel time."""

    SAME = "same", _("same district")
    NEAR = "under_30", _("under 30 km")
    MIDDLE = "30_to_80", _("30–80 km")
    FAR = "over_80", _("over 80 km")


def kilometres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Great-circle distance in km of two points in degrees (haversine formula)."""
    north, other_north = radians(latitude), radians(other_latitude)
    across = sin((other_north - north) / 2) ** 2
    along = sin(radians(other_longitude - longitude) / 2) ** 2
    share = across + cos(north) * cos(other_north) * along
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, share)))


def band_of(kilometres: float) -> DistanceBand:
    """The band of a distance between two different districts: 30 and 80 are middle."""
    if kilometres < 30:
        return DistanceBand.NEAR
    return DistanceBand.MIDDLE if kilometres <= 80 else DistanceBand.FAR
